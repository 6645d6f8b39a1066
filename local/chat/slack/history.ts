import { isObject, type Json, textAt } from '../json';
import type { Saying } from './archive';
import { channelOf, type Office, type Result, refuse } from './office';
import { APP, BOT, BOT_ID, TEAM } from './organisation';

/** Newest first, without what was said in threads. */
export function history(args: Json, office: Office): Result {
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
export function replies(args: Json, office: Office): Result {
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

/** A message as the API gives it; of its metadata only the kind, where not all is asked for. */
export function shown({ ts, thread, by, payload }: Saying, withMetadata: boolean): Json {
  const author = by === 'bot' ? { user: BOT, bot_id: BOT_ID, app_id: APP, team: TEAM } : { user: by };
  const { metadata, ...rest } = payload;
  const marked = isObject(metadata) && { metadata: withMetadata ? metadata : { event_type: metadata.event_type } };
  return { type: 'message', ts, ...author, ...rest, ...(thread && { thread_ts: thread }), ...marked };
}
