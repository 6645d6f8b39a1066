import { type Json, textAt } from '../json';
import { shown } from './history';
import { objectionToMessage } from './message-checks';
import { channelOf, type Office, type Result, refuse } from './office';

/** Slack cuts a longer text: "chat.postMessage" of docs.slack.dev. */
const MOST_TEXT = 40_000;

/** Says what the bot says in a channel or a thread. */
export function postMessage(args: Json, office: Office): Result {
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
