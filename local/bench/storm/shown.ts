import type { Message, Room } from '../../chat/rooms';
import { namesIn } from './event';

/** One message, as a person would count it. */
export interface Shown {
  /** Milliseconds since 1970, as the chat's clock had it. */
  at: number;
  /** The events that it stands for: one, or as many as the title of a digest says. */
  events: number;
  /** What the groups of a digest add up to. */
  inGroups: number;
  /** The events that it names; a digest does not name all of its own. */
  names: readonly string[];
}

/** What a room shows, and what it was asked for. */
export interface Sight {
  messages: readonly Shown[];
  refusals: readonly { at: number }[];
  /** Requests whose message was there already, and was not shown again. */
  repeated: number;
}

/** What the digest's title begins with, in English (functions/notifier/delivery/digest.ts), perhaps behind mark and keyword. */
const COUNT = /(?:^|· |^\p{Extended_Pictographic}\uFE0F?\s*)(\d+) events · /u;
const GROUP = /^(\d+) × /;
/** A card that was too long for one message goes on in others. */
const FURTHER_PART = /\((?!1\/)\d+\/\d+\)$/;

/** @returns what the room has shown and refused from now on. */
export function watch(room: Room): () => Sight {
  const [had, refused, repeated] = [room.messages.length, room.rejections.length, room.duplicateCount];
  const messages: Shown[] = [];
  return () => {
    for (const message of room.messages.slice(had + messages.length)) messages.push(readMessage(message));
    return { messages, refusals: room.rejections.slice(refused), repeated: room.duplicateCount - repeated };
  };
}

function readMessage({ at, view }: Message): Shown {
  const [first = '', ...rest] = view.title ? [view.title, ...view.lines] : view.lines;
  const names = namesIn([first, ...rest].join('\n'));
  if (FURTHER_PART.test(first)) return { at, events: 0, inGroups: 0, names: [] };
  const counted = COUNT.exec(first)?.[1];
  if (counted === undefined) return { at, events: 1, inGroups: 1, names };
  const groups = rest.map((line) => Number(GROUP.exec(line)?.[1] ?? 0));
  return { at, events: Number(counted), inGroups: sum(groups), names };
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export const eventsIn = (messages: readonly Shown[]): number => sum(messages.map(({ events }) => events));

/** The most within any rolling minute. */
export function mostInMinute(messages: readonly { at: number }[]): number {
  let first = 0;
  return messages.reduce((most, { at }, index) => {
    while ((messages[first]?.at ?? at) <= at - 60_000) first += 1;
    return Math.max(most, index - first + 1);
  }, 0);
}
