import type { Colleague, Delivery, Workplace } from '../workplace';
import type { Archive, Saying } from './archive';
import { blockActions, mentionEvent, messageEvent, type Stamp, slashCommand } from './callbacks';
import { buttonsIn, type Pressable, submitIn } from './controls';
import { BOT, COMMAND, colleague } from './organisation';
import type { Letter, Postman } from './postman';
import type { ResponseUrls } from './response-urls';
import { stateOf } from './state';
import { markup } from './typing';

interface Hall {
  archive: Archive;
  postman: Postman;
  /** Channels that the bot is not in. */
  outside: Set<string>;
  responses: ResponseUrls;
  stamp(): Stamp;
}

const NOTHING_SENT: Delivery = { status: 0, ms: 0, body: '' };
/** Slack's own commands, which no app hears of. */
const REMOVE = '/remove @Casebell';
const INVITE = '/invite @Casebell';

/** What the people of the workspace can do. */
export function openPeople(hall: Hall): Pick<Workplace, 'say' | 'press' | 'submit' | 'share' | 'craft'> {
  return {
    async say(by, talk, text, { mention = false } = {}) {
      const author = memberOf(hall, by, talk);
      return text.startsWith('/')
        ? command(hall, author, talk, text)
        : write(hall, author, talk, markup(text, mention));
    },
    async press(by, talk, label) {
      const author = memberOf(hall, by, talk);
      const [saying, pressed] = latest(hall, talk, ({ payload }) =>
        buttonsIn(payload).find((each) => each.label === label),
      );
      if (!saying || !pressed) throw new Error(`There is no button ${label} in ${talk}.`);
      return press(hall, author, saying, pressed, {});
    },
    async submit(by, talk, values) {
      const author = memberOf(hall, by, talk);
      const [saying, pressed] = latest(hall, talk, ({ payload }) => submitIn(payload));
      if (!saying || !pressed) throw new Error(`There is no form in ${talk}.`);
      return press(hall, author, saying, pressed, values);
    },
    async share(by, talk, { name, kind, bytes }) {
      const author = memberOf(hall, by, talk);
      return write(hall, author, talk, '', [fileOf(author, name, kind, bytes, hall.stamp())]);
    },
    craft(by, talk, text) {
      const { channel, thread } = hall.archive.find(talk);
      const stamp = hall.stamp();
      const ts = `${Math.floor(stamp.now / 1000)}.${String(stamp.number).padStart(6, '0')}`;
      const saying = { ts, channel: channel.id, by, payload: { text: markup(text) }, ...(thread && { thread }) };
      return hall.postman.seal(messageEvent(saying, colleague(by), stamp));
    },
  };
}

function memberOf({ archive }: Hall, by: string, talk: string): Colleague {
  const { channel } = archive.find(talk);
  if (!channel.members.includes(by)) throw new Error(`${by} is not in ${channel.name}.`);
  return colleague(by);
}

/** Of a message that calls the bot it hears twice. */
async function write(hall: Hall, author: Colleague, talk: string, text: string, files?: unknown[]): Promise<Delivery> {
  const { channel, thread } = hall.archive.find(talk);
  const payload = { text, ...(files && { files }) };
  const saying = hall.archive.keep({ channel: channel.id, by: author.id, payload, ...(thread && { thread }) });
  if (hall.outside.has(channel.id)) return NOTHING_SENT;
  const letters = [messageEvent(saying, author, hall.stamp())];
  if (channel.kind === 'group' && text.includes(`<@${BOT}>`))
    letters.unshift(mentionEvent(saying, author, hall.stamp()));
  const [first = NOTHING_SENT] = await Promise.all(letters.map((letter: Letter) => hall.postman.deliver(letter)));
  return first;
}

/** Commands cannot be given in threads, nor by people in whose workspace the app is not installed. */
async function command(hall: Hall, author: Colleague, talk: string, text: string): Promise<Delivery> {
  const { channel, thread } = hall.archive.find(talk);
  const [name = ''] = text.split(' ', 1);
  if (text === REMOVE || text === INVITE) {
    hall.outside[text === REMOVE ? 'add' : 'delete'](channel.id);
    return NOTHING_SENT;
  }
  if (thread) throw new Error(`${name} is not supported in threads. Sorry!`);
  if (name !== COMMAND || author.external) throw new Error(`${name} is not a valid command.`);
  const url = hall.responses.issue('commands', channel.id, undefined);
  const said = text.slice(name.length).trim();
  const delivery = await hall.postman.deliver(slashCommand(said, channel.id, author, url, hall.stamp()));
  if (delivery.status === 200 && delivery.body.includes('"in_channel"')) {
    hall.archive.keep({ channel: channel.id, by: author.id, payload: { text: markup(text) } });
  }
  return delivery;
}

/** The latest message of the bot in the talk that has it. */
function latest(
  { archive }: Hall,
  talk: string,
  pick: (saying: Saying) => Pressable | undefined,
): [Saying?, Pressable?] {
  const { channel, thread } = archive.find(talk);
  const isIn = (each: Saying) => (thread ? each.ts === thread || each.thread === thread : !each.thread);
  const saying = archive.sayings.findLast(
    (each) => each.channel === channel.id && each.by === 'bot' && isIn(each) && pick(each),
  );
  return saying ? [saying, pick(saying)] : [];
}

function press(
  { archive, postman, responses, stamp }: Hall,
  author: Colleague,
  saying: Saying,
  pressed: Pressable,
  values: Readonly<Record<string, string>>,
): Promise<Delivery> {
  const state = stateOf(saying.payload, values);
  const hasReplies = archive.sayings.some(({ thread }) => thread === saying.ts);
  const url = responses.issue('actions', saying.channel, saying.thread);
  return postman.deliver(blockActions(saying, pressed, author, { state, url, hasReplies }, stamp()));
}

function fileOf({ id: user }: Colleague, name: string, kind: 'image' | 'file', bytes: Uint8Array, { number }: Stamp) {
  const id = `F${String(number).padStart(9, '0')}`;
  const mimetype = kind === 'image' ? 'image/png' : 'application/octet-stream';
  const url_private = `https://files.slack.com/files-pri/${id}/${encodeURIComponent(name)}`;
  return { id, name, title: name, mimetype, user, size: bytes.length, mode: 'hosted', url_private };
}
