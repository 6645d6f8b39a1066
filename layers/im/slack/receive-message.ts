import {
  type Callback,
  type CallbackReply,
  type ChatMessage,
  type Conversation,
  ForgedRequestError,
  type Secrets,
  type SharedFile,
} from '../chat-app';
import { isOnHosts } from '../http';
import { type JsonRecord, objectsAt, textAt, valueAt } from '../json';
import { isInThreadRoot, isSubmit, readFields } from './controls';
import { PLATFORM } from './errors';
import { parseMrkdwn } from './parse-mrkdwn';

/** Slack expects an empty 200 within three seconds. */
export const REPLY: CallbackReply = { status: 200 };
/** Interactions are answered at this host. */
export const RESPONSE_HOST = 'hooks.slack.com';
/** A response_url takes five replies within 30 minutes: "Handling user interaction" of docs.slack.dev. */
const REPLY_URL_MS = 30 * 60 * 1000;

/** Messages that people write; all other subtypes are edits, joins, topics and the like. */
const HUMAN_SUBTYPES = ['', 'file_share', 'thread_broadcast'];
const FOREIGN = 'its author is of another workspace';
const INCOMPLETE = 'no author, place or trigger in it';

const USER_ID = /^[UW][A-Z0-9]{1,30}$/;
const CHANNEL_ID = /^[CGD][A-Z0-9]{1,30}$/;
const TIMESTAMP = /^\d{1,12}\.\d{1,6}$/;

/**
 * Reads what the Events API delivers: "Events API" of docs.slack.dev. A message that mentions the bot is delivered twice, as
 * `app_mention` and as `message`, with one id: its channel and time. Throws ForgedRequestError.
 */
export function readEvent(envelope: JsonRecord, secrets: Secrets): Callback {
  checkApp(textAt(envelope, 'api_app_id'), secrets);
  const teams = teamsOf(envelope, secrets);
  const event = valueAt(envelope, 'event');
  const bots = botUserIds(envelope);
  const reason = whyIgnored(event, bots) ?? (isForeignAuthor(envelope, teams) ? FOREIGN : undefined);
  if (reason) return ignored(reason);
  const [user, channel, ts] = [textAt(event, 'user'), textAt(event, 'channel'), textAt(event, 'ts')];
  const { text, mentions, mentionsBot } = parseMrkdwn(textAt(event, 'text'), bots);
  const conversation = conversationOf(channel, user, textAt(event, 'thread_ts'));
  const files = objectsAt(event, 'files').flatMap(sharedFile);
  return received({
    id: `${channel}:${ts}`,
    conversation,
    sender: { id: user },
    text,
    ...(files.length && { files }),
    ...(mentions.length && { mentions }),
    isForBot: mentionsBot || conversation.kind === 'direct' || textAt(event, 'type') === 'app_mention',
    sentAt: parseTimestamp(ts),
  });
}

/**
 * Reads a slash command: "Implementing slash commands" of docs.slack.dev. The channel sees it, so that the others know who
 * asked for what. It has no timestamp and is never delivered twice. Throws ForgedRequestError.
 * @param now ms since 1970
 */
export function readCommand(form: URLSearchParams, secrets: Secrets, now: number): Callback {
  const field = (name: string) => form.get(name) ?? '';
  checkApp(field('api_app_id'), secrets);
  if (secrets.teamId && field('team_id') !== secrets.teamId) throw new ForgedRequestError(OTHER_WORKSPACE);
  const [user, channel, trigger] = [field('user_id'), field('channel_id'), field('trigger_id')];
  const name = field('user_name');
  if (!areIds(user, channel) || !trigger) return ignored(INCOMPLETE);
  const { text, mentions } = parseMrkdwn(field('text'));
  const message = {
    id: `command:${trigger}`,
    conversation: withReplyUrl(conversationOf(channel, user), field('response_url'), now),
    sender: { id: user, ...(name && { name }) },
    text,
    ...(mentions.length && { mentions }),
    isForBot: true,
    sentAt: now,
  };
  return received(message, { ...REPLY, body: { response_type: 'in_channel' } });
}

/**
 * Reads what a person pressed: "block_actions payload" of docs.slack.dev. A button's value is its command, and the state of
 * the message has the values of the form. Throws ForgedRequestError.
 * @param now ms since 1970
 */
export function readPress(payload: JsonRecord, secrets: Secrets, now: number): Callback {
  checkApp(textAt(payload, 'api_app_id'), secrets);
  if (textAt(payload, 'type') !== 'block_actions') return ignored('a kind of interaction that is not used');
  const [action] = objectsAt(payload, 'actions');
  const [text, id] = [textAt(action, 'value'), textAt(action, 'action_id')];
  if (textAt(action, 'type') !== 'button' || !text) return ignored('a link was opened or a field was changed');
  if (isForeignPress(payload, secrets)) return ignored(FOREIGN);
  const [user, name, trigger] = [
    textAt(payload, 'user', 'id'),
    textAt(payload, 'user', 'name'),
    textAt(payload, 'trigger_id'),
  ];
  const conversation = conversationOfPress(payload, user, id);
  if (!areIds(user, conversation.id) || !trigger) return ignored(INCOMPLETE);
  return received({
    id: `press:${trigger}`,
    conversation: withReplyUrl(conversation, textAt(payload, 'response_url'), now),
    sender: { id: user, ...(name && { name }) },
    text,
    ...(isSubmit(id) && { fields: readFields(payload) }),
    isForBot: true,
    sentAt: parseTimestamp(textAt(action, 'action_ts')) || now,
  });
}

export function ignored(reason: string): Callback {
  return { kind: 'ignored', reply: REPLY, reason };
}

function received(message: Omit<ChatMessage, 'platform'>, reply = REPLY): Callback {
  return { kind: 'message', reply, message: { platform: PLATFORM, ...message } };
}

function whyIgnored(event: unknown, bots: readonly string[]): string | undefined {
  const [type, subtype, user] = [textAt(event, 'type'), textAt(event, 'subtype'), textAt(event, 'user')];
  if (type !== 'message' && type !== 'app_mention') return 'a kind of event that is not used';
  if (valueAt(event, 'bot_id') || valueAt(event, 'bot_profile') || subtype === 'bot_message') return 'from a bot';
  if (!HUMAN_SUBTYPES.includes(subtype)) return 'not a new message of a person';
  // Whether a file that we have shared ourselves has a `bot_id` is not documented; its author is the bot's user.
  if (['USLACKBOT', ...bots].includes(user)) return 'from a bot';
  const isComplete = areIds(user, textAt(event, 'channel')) && parseTimestamp(textAt(event, 'ts'));
  return isComplete ? undefined : 'no author, place or time in it';
}

/** User ids of our bot in the workspace of the event. */
function botUserIds(envelope: JsonRecord): string[] {
  return objectsAt(envelope, 'authorizations')
    .filter((authorization) => valueAt(authorization, 'is_bot') === true)
    .map((authorization) => textAt(authorization, 'user_id'));
}

/** By its id, which files.info takes; a file that was deleted since (a tombstone) still has an id. */
function sharedFile(file: JsonRecord): SharedFile[] {
  const [key, name] = [textAt(file, 'id'), textAt(file, 'name')];
  const kind = textAt(file, 'mimetype').startsWith('image/') ? 'image' : 'file';
  return key ? [{ key, kind, ...(name && { name }) }] : [];
}

function areIds(user: string, channel: string): boolean {
  return USER_ID.test(user) && CHANNEL_ID.test(channel);
}

/** Ids of direct chats begin with D. */
function conversationOf(channel: string, userId: string, thread = ''): Conversation {
  const kind = channel.startsWith('D') ? 'direct' : 'group';
  return { id: channel, kind, ...(kind === 'direct' && { userId }), ...(parseTimestamp(thread) && { thread }) };
}

/** A first message without replies has no thread_ts: its buttons say that it begins a thread. */
function conversationOfPress(payload: JsonRecord, user: string, actionId: string): Conversation {
  const channel = textAt(payload, 'channel', 'id') || textAt(payload, 'container', 'channel_id');
  const thread = textAt(payload, 'container', 'thread_ts') || textAt(payload, 'message', 'thread_ts');
  const ownTs = textAt(payload, 'container', 'message_ts') || textAt(payload, 'message', 'ts');
  return conversationOf(channel, user, thread || (isInThreadRoot(actionId) ? ownTs : ''));
}

/** Adds the way to reply even where the bot is no member. An address outside Slack is dropped. */
function withReplyUrl(conversation: Conversation, url: string, now: number): Conversation {
  if (!URL.canParse(url) || !isOnHosts(new URL(url), [RESPONSE_HOST])) return conversation;
  return { ...conversation, replyUrl: { url, expiresAt: now + REPLY_URL_MS } };
}

/** Slack's `1355517523.000005` in ms; 0 where it is none. */
export function parseTimestamp(ts: string): number {
  return TIMESTAMP.test(ts) ? Math.floor(Number(ts) * 1000) : 0;
}

const OTHER_WORKSPACE = 'it is for another workspace than the configured one';

function checkApp(id: string, { appId }: Secrets): void {
  if (appId && id !== appId) throw new ForgedRequestError('it is for another app than the configured one');
}

/**
 * The workspace that the app received the event for, and its organisation where it has one. In a Slack Connect channel `team_id`
 * may be the author's, so `authorizations` go first: seen in the payloads that Slack's own SDKs are tested with.
 * Throws ForgedRequestError when it is not the configured workspace.
 */
function teamsOf(envelope: JsonRecord, { teamId }: Secrets): string[] {
  const [authorization] = objectsAt(envelope, 'authorizations');
  const team = textAt(authorization, 'team_id') || textAt(envelope, 'team_id');
  if (!team || (teamId && team !== teamId)) throw new ForgedRequestError(OTHER_WORKSPACE);
  return [team, textAt(authorization, 'enterprise_id')].filter(Boolean);
}

/**
 * Whether the author of an event may be of another organisation: a field that names their workspace names another one. Without
 * any such field they are foreign in a shared channel; elsewhere it may be absent with files (slack-api-specs#62).
 */
function isForeignAuthor(envelope: JsonRecord, teams: readonly string[]): boolean {
  const event = valueAt(envelope, 'event');
  const claims = [
    textAt(event, 'user_team'),
    textAt(event, 'source_team'),
    textAt(event, 'team'),
    textAt(event, 'user_profile', 'team'),
    ...objectsAt(event, 'files').map((file) => textAt(file, 'user_team')),
  ].filter(Boolean);
  if (claims.length === 0) return valueAt(envelope, 'is_ext_shared_channel') === true;
  return claims.some((claim) => !teams.includes(claim));
}

/**
 * The same of a press: the workspaces of the person, of the app and of our own message have to be the same. Which of them
 * `team` is in a shared channel is not documented, so all have to agree.
 */
function isForeignPress(payload: JsonRecord, { teamId = '' }: Secrets): boolean {
  const person = textAt(payload, 'user', 'team_id');
  const others = [teamId, textAt(payload, 'team', 'id'), textAt(payload, 'message', 'team')].filter(Boolean);
  return !person || others.length === 0 || others.some((other) => other !== person);
}
