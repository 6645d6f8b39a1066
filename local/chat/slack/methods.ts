import { isObject, type Json, textAt } from '../json';
import type { Archive, Saying } from './archive';
import { objectionToMessage } from './message-checks';
import { APP, BOT, BOT_ID, directId, handleOf, PEOPLE, TEAM, TEAM_DOMAIN, teamOf } from './organisation';

/** What the methods of the Web API work on. */
export interface Office {
  readonly archive: Archive;
  /** Channels that the bot is not in (any more). */
  readonly outside: ReadonlySet<string>;
  /** The bot said something. */
  told(saying: Saying): void;
}

/** A yes with what it gives, or the word of a refusal. */
type Result = { ok: true; [name: string]: unknown } | { ok: false; error: string; [name: string]: unknown };

interface Method {
  run(args: Json, office: Office): Result;
  /** How often a minute: the tiers of "Rate limits" in docs.slack.dev. */
  aMinute: number;
}

export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': { run: () => ({ ok: true, ...ME }), aMinute: 300 },
  'chat.postMessage': { run: postMessage, aMinute: 300 },
  'conversations.history': { run: history, aMinute: 50 },
  'conversations.replies': { run: replies, aMinute: 50 },
  'users.lookupByEmail': { run: lookupByEmail, aMinute: 50 },
};

const ME = {
  url: `https://${TEAM_DOMAIN}.slack.com/`,
  team: 'Casebell',
  user: 'casebell',
  team_id: TEAM,
  user_id: BOT,
  bot_id: BOT_ID,
  is_enterprise_install: false,
};
const MOST_TEXT = 40_000;

function refuse(error: string, more: Json = {}): Result {
  return { ok: false, error, ...more };
}

/** The channel of the arguments, where the bot may go; otherwise the word of the refusal. A person's id means their direct chat. */
function channelOf(args: Json, { archive, outside }: Office): { id: string } | { error: string } {
  const given = textAt(args, 'channel');
  const id = PEOPLE.some((person) => person.id === given) ? directId(given) : given;
  const known = archive.talks.some((talk) => talk.id === id && talk.kind !== 'thread');
  if (!known) return { error: 'channel_not_found' };
  return outside.has(id) ? { error: 'not_in_channel' } : { id };
}

function postMessage(args: Json, office: Office): Result {
  const channel = channelOf(args, office);
  if ('error' in channel) return refuse(channel.error);
  const objection = objectionToMessage(args);
  if (objection) return refuse(objection, { response_metadata: { messages: [`[ERROR] ${objection}`] } });
  const thread = textAt(args, 'thread_ts');
  const isThere = office.archive.sayings.some((saying) => saying.ts === thread && saying.channel === channel.id);
  // The word for a thread that does not exist is in no list; this one is the nearest.
  if (thread && !isThere) return refuse('cannot_reply_to_message');
  const { text, blocks, attachments, metadata } = args;
  const payload = { text: typeof text === 'string' ? text.slice(0, MOST_TEXT) : '', blocks, attachments, metadata };
  const saying = office.archive.keep({
    channel: channel.id,
    by: 'bot',
    payload: Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined)),
    ...(thread && { thread }),
  });
  office.told(saying);
  return { ok: true, channel: channel.id, ts: saying.ts, message: shown(saying, true) };
}

/** Newest first, without what was said in threads. */
function history(args: Json, office: Office): Result {
  const channel = channelOf(args, office);
  if ('error' in channel) return refuse(channel.error);
  const limit = Number(args.limit ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > 999) return refuse('invalid_limit');
  const oldest = Number(args.oldest ?? 0);
  const start = Number(args.cursor ?? 0);
  const all = office.archive.sayings
    .filter((saying) => saying.channel === channel.id && !saying.thread && Number(saying.ts) > oldest)
    .reverse();
  return { ok: true, ...page(all, start, limit, args) };
}

/** The first message of a thread, and the replies, oldest first. */
function replies(args: Json, office: Office): Result {
  const channel = channelOf(args, office);
  if ('error' in channel) return refuse(channel.error);
  const root = textAt(args, 'ts');
  const said = office.archive.sayings.filter(({ ts, thread }) => ts === root || thread === root);
  if (!said.length) return refuse('thread_not_found');
  return { ok: true, ...page(said, Number(args.cursor ?? 0), Number(args.limit ?? 1000), args) };
}

/** Real cursors are opaque; these are numbers. */
function page(sayings: Saying[], start: number, limit: number, args: Json): Json {
  const end = start + limit;
  const isMore = end < sayings.length;
  const isWhole = String(args.include_all_metadata) === 'true';
  return {
    messages: sayings.slice(start, end).map((saying) => shown(saying, isWhole)),
    has_more: isMore,
    ...(isMore && { response_metadata: { next_cursor: String(end) } }),
  };
}

function shown({ ts, thread, by, payload }: Saying, withMetadata: boolean): Json {
  const author = by === 'bot' ? { user: BOT, bot_id: BOT_ID, app_id: APP, team: TEAM } : { user: by };
  const { metadata, ...rest } = payload;
  const marked = isObject(metadata) && { metadata: withMetadata ? metadata : { event_type: metadata.event_type } };
  return { type: 'message', ts, ...author, ...rest, ...(thread && { thread_ts: thread }), ...marked };
}

function lookupByEmail(args: Json): Result {
  const person = PEOPLE.find(({ email }) => email === textAt(args, 'email'));
  if (!person || person.external) return refuse('users_not_found');
  const { id, name, email } = person;
  const profile = { real_name: name, display_name: name, email };
  return {
    ok: true,
    user: { id, team_id: teamOf(person), name: handleOf(person), deleted: false, real_name: name, profile },
  };
}
