import { NOT_SENT } from '../callback-sender';
import { type Delivery, findMember, type User, type UserActions } from '../workspace';
import { type Button, buttonsIn, formState, submitButtonIn } from './controls';
import type { SlackContext } from './event-sender';
import { blockActions, mentionEvent, messageEvent, slashCommand } from './events';
import { BOT, COMMAND, USERS } from './organization';
import type { ResponseUrls } from './response-urls';
import type { SlackMessage } from './state';

/** Slack's own commands; the app is not notified of them. */
const REMOVE = '/remove @Casebell';
const INVITE = '/invite @Casebell';

interface ActionContext extends SlackContext {
  readonly responseUrls: ResponseUrls;
}

export function createUserActions(context: ActionContext): UserActions {
  const { state, sender } = context;
  const authorOf = (by: string, id: string) =>
    findMember({ users: USERS, conversations: state.conversations }, by, state.find(id).channel.id).user;
  return {
    async say(by, id, text, { mention = false } = {}) {
      const author = authorOf(by, id);
      if (text.startsWith('/')) return runCommand(context, author, id, text);
      return write(context, author, id, { text: toMrkdwn(text, mention) });
    },
    async press(by, id, label) {
      const author = authorOf(by, id);
      const found = findLatest(context, id, ({ payload }) => buttonsIn(payload).find((each) => each.label === label));
      if (!found) throw new Error(`There is no button ${label} in ${id}.`);
      return press(context, author, found, {});
    },
    async submit(by, id, values) {
      const author = authorOf(by, id);
      const found = findLatest(context, id, ({ payload }) => submitButtonIn(payload));
      if (!found) throw new Error(`There is no form in ${id}.`);
      return press(context, author, found, values);
    },
    async share(by, id, { name, kind, bytes }) {
      const author = authorOf(by, id);
      const { channel } = state.find(id);
      const mimetype = kind === 'image' ? 'image/png' : 'application/octet-stream';
      const file = state.files.add({ name, title: name, mimetype, user: by, bytes, channel: channel.id });
      return write(context, author, id, { text: '', files: [state.files.describe(file)] });
    },
    createCallback(by, id, text) {
      const author = authorOf(by, id);
      const { channel, thread } = state.find(id);
      const stamp = state.nextStamp();
      const ts = `${Math.floor(stamp.now / 1000)}.${String(stamp.number).padStart(6, '0')}`;
      const message = { ts, channel: channel.id, by, payload: { text: toMrkdwn(text) }, ...(thread && { thread }) };
      return sender.sign(messageEvent(message, author, stamp));
    },
  };
}

/** A message that mentions the bot is two events. */
async function write(
  { state, sender }: ActionContext,
  author: User,
  id: string,
  payload: { text: string; files?: unknown[] },
): Promise<Delivery> {
  const { channel, thread } = state.find(id);
  const message = state.add({ channel: channel.id, by: author.id, payload, ...(thread && { thread }) });
  if (state.withoutBot.has(channel.id)) return NOT_SENT;
  const events = [messageEvent(message, author, state.nextStamp())];
  const isMention = channel.kind === 'group' && payload.text.includes(`<@${BOT}>`);
  if (isMention) events.unshift(mentionEvent(message, author, state.nextStamp()));
  const [first = NOT_SENT] = await Promise.all(events.map(sender.send));
  return first;
}

/** Commands do not work in threads, nor for people whose workspace does not have the app. */
async function runCommand(context: ActionContext, author: User, id: string, text: string): Promise<Delivery> {
  const { state, sender, responseUrls } = context;
  const { channel, thread } = state.find(id);
  const [name = ''] = text.split(' ', 1);
  if (text === REMOVE || text === INVITE) {
    state.withoutBot[text === REMOVE ? 'add' : 'delete'](channel.id);
    return NOT_SENT;
  }
  if (thread) throw new Error(`${name} is not supported in threads. Sorry!`);
  if (name !== COMMAND || author.external) throw new Error(`${name} is not a valid command.`);
  const responseUrl = responseUrls.create('commands', channel.id);
  const command = { channel: channel.id, author, responseUrl };
  const delivery = await sender.send(slashCommand(text.slice(name.length).trim(), command, state.nextStamp()));
  if (delivery.status === 200 && delivery.body.includes('"in_channel"')) {
    state.add({ channel: channel.id, by: author.id, payload: { text: toMrkdwn(text) } });
  }
  return delivery;
}

/** The latest message of the bot in the conversation with such a button. */
function findLatest(
  { state }: ActionContext,
  id: string,
  pick: (message: SlackMessage) => Button | undefined,
): { message: SlackMessage; button: Button } | undefined {
  const { channel, thread } = state.find(id);
  const isIn = (each: SlackMessage) => (thread ? each.ts === thread || each.thread === thread : !each.thread);
  const message = state.messages.findLast(
    (each) => each.channel === channel.id && each.by === 'bot' && isIn(each) && pick(each),
  );
  const button = message && pick(message);
  return button && { message, button };
}

function press(
  { state, sender, responseUrls }: ActionContext,
  author: User,
  { message, button }: { message: SlackMessage; button: Button },
  values: Readonly<Record<string, string>>,
): Promise<Delivery> {
  const formValues = formState(message.payload, values);
  const hasReplies = state.messages.some(({ thread }) => thread === message.ts);
  const responseUrl = responseUrls.create('actions', message.channel, message.thread);
  const pressed = { author, state: formValues, responseUrl, hasReplies };
  return sender.send(blockActions(message, button, pressed, state.nextStamp()));
}

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A typed text as Slack sends it: special characters escaped, URLs linked, `@name` of a user as a mention. */
function toMrkdwn(text: string, mention = false): string {
  const escaped = text.replace(/[&<>]/g, (char) => ESCAPED[char] ?? char);
  const linked = escaped.replace(/https?:\/\/[^\s<>]+/g, (url) => `<${url}>`);
  const withMentions = USERS.reduce((result, { id, name }) => result.replaceAll(`@${name}`, `<@${id}>`), linked);
  return mention ? `<@${BOT}> ${withMentions}` : withMentions;
}
