import type { Callback, ChatMessage, SharedFile } from '../chat-app';
import { checkApp, type Home, homeOf, isStranger } from './author';
import { at, type Json, objectsAt, textAt } from './json';
import { conversationIn, DONE, ignored, isBy, PLATFORM, time } from './message';
import { readWords } from './words';

/** Kinds of messages that people write; all others are edits, joins, topics and the like. */
const HUMAN = ['', 'file_share', 'thread_broadcast'];

/**
 * Reads what the Events API delivers: "Events API" of docs.slack.dev. A message that mentions the bot comes twice, as
 * `app_mention` and as `message`: with one id, which is its channel and time. Throws ForgedRequest.
 */
export function readEvent(envelope: Json, home: Home): Callback {
  checkApp(envelope, home);
  const team = homeOf(envelope, home);
  const event = at(envelope, 'event');
  const bots = botsIn(envelope);
  const rejection =
    whyNot(event, bots) ?? (isStranger(envelope, team) ? 'its author is of another workspace' : undefined);
  return rejection ? ignored(rejection) : { kind: 'message', reply: DONE, message: messageOf(event, bots) };
}

function whyNot(event: unknown, bots: readonly string[]): string | undefined {
  const type = textAt(event, 'type');
  if (type !== 'message' && type !== 'app_mention') return 'an event that nobody waits for';
  if (at(event, 'bot_id') || at(event, 'bot_profile') || textAt(event, 'subtype') === 'bot_message')
    return 'from a bot';
  if (!HUMAN.includes(textAt(event, 'subtype'))) return 'not a new message of a person';
  // Whether a file that we have shared ourselves comes with a `bot_id` is not documented; its author is the bot's user.
  if (['USLACKBOT', ...bots].includes(textAt(event, 'user'))) return 'from a bot';
  const isWhole = isBy(textAt(event, 'user'), textAt(event, 'channel')) && time(textAt(event, 'ts'));
  return isWhole ? undefined : 'no author, place or time in it';
}

/** User ids of our bot in the workspace that is asked. */
function botsIn(envelope: Json): string[] {
  return objectsAt(envelope, 'authorizations')
    .filter((authorization) => at(authorization, 'is_bot') === true)
    .map((authorization) => textAt(authorization, 'user_id'));
}

function messageOf(event: unknown, bots: readonly string[]): ChatMessage {
  const [user, channel, ts] = [textAt(event, 'user'), textAt(event, 'channel'), textAt(event, 'ts')];
  const { text, mentions, callsBot } = readWords(textAt(event, 'text'), bots);
  const conversation = conversationIn(channel, user, textAt(event, 'thread_ts'));
  const files = objectsAt(event, 'files').flatMap(fileOf);
  return {
    id: `${channel}:${ts}`,
    platform: PLATFORM,
    conversation,
    sender: { id: user },
    text,
    ...(files.length && { files }),
    ...(mentions.length && { mentions }),
    isForBot: callsBot || conversation.kind === 'direct' || textAt(event, 'type') === 'app_mention',
    sentAt: time(ts),
  };
}

/** By its id, for which files.info gives the url; one that was deleted since (a tombstone) still has an id. */
function fileOf(file: Json): SharedFile[] {
  const [key, name] = [textAt(file, 'id'), textAt(file, 'name')];
  const kind = textAt(file, 'mimetype').startsWith('image/') ? 'image' : 'file';
  return key ? [{ key, kind, ...(name && { name }) }] : [];
}
