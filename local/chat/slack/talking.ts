import type { Delivery, User } from '../workspace';
import { mentionEvent, messageEvent } from './event-letters';
import type { Hall } from './hall';
import { slashCommand } from './interaction-letters';
import { BOT, COMMAND } from './organisation';
import { markup } from './typing';

const NOTHING_SENT: Delivery = { status: 0, durationMs: 0, body: '' };
/** Slack's own commands, which no app hears of. */
const REMOVE = '/remove @Casebell';
const INVITE = '/invite @Casebell';

/** Of a message that calls the bot it hears twice. */
export async function write(
  hall: Hall,
  author: User,
  talk: string,
  text: string,
  files?: unknown[],
): Promise<Delivery> {
  const { channel, thread } = hall.archive.find(talk);
  const payload = { text, ...(files && { files }) };
  const saying = hall.archive.keep({ channel: channel.id, by: author.id, payload, ...(thread && { thread }) });
  if (hall.outside.has(channel.id)) return NOTHING_SENT;
  const letters = [messageEvent(saying, author, hall.stamp())];
  if (channel.kind === 'group' && text.includes(`<@${BOT}>`))
    letters.unshift(mentionEvent(saying, author, hall.stamp()));
  const [first = NOTHING_SENT] = await Promise.all(letters.map((letter) => hall.postman.deliver(letter)));
  return first;
}

/** Commands cannot be given in threads, nor by people in whose workspace the app is not installed. */
export async function command(hall: Hall, author: User, talk: string, text: string): Promise<Delivery> {
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
