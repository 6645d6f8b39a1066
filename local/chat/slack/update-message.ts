import { type Json, textAt } from '../json';
import { shown } from './history';
import { objectionToMessage } from './message-checks';
import { channelOf, type Office, type Result, refuse } from './office';

/** Shows something else where a message of the bot stands: "chat.update" of docs.slack.dev. */
export function updateMessage(args: Json, office: Office): Result {
  const channel = channelOf(args, office);
  if ('error' in channel) return refuse(channel.error);
  const ts = textAt(args, 'ts');
  const before = office.archive.sayings.find((saying) => saying.ts === ts && saying.channel === channel.id);
  if (!before) return refuse('message_not_found');
  if (before.by !== 'bot') return refuse('cant_update_message');
  const objection = objectionToMessage(args);
  if (objection) return refuse(objection, { response_metadata: { messages: [`[ERROR] ${objection}`] } });
  const saying = office.archive.revise({ ...before, payload: revised(before.payload, args) });
  office.changed(saying);
  return { ok: true, channel: channel.id, ts, text: saying.payload.text ?? '', message: shown(saying, true) };
}

/** What is not given is kept; only blocks are dropped by a text that comes without them. */
function revised(before: Json, { text, blocks, attachments, metadata }: Json): Json {
  const given = { text, blocks: blocks ?? (text === undefined ? undefined : []), attachments, metadata };
  return { ...before, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}
