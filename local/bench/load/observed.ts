import type { Message, Room } from '../../chat/rooms';
import { namesIn } from './event';

/** One message as a person counts it. */
export interface ObservedMessage {
  /** Of the clock, in ms since 1970. */
  at: number;
  /** Its events: one, or the number in the title of a digest. */
  events: number;
  /** The sum of a digest's groups. */
  inGroups: number;
  /** The events that it names; a digest does not name all. */
  names: readonly string[];
}

/** What a room received. */
export interface Observed {
  messages: readonly ObservedMessage[];
  rejections: readonly { at: number }[];
  /** Requests with a known idempotency key. */
  duplicateCount: number;
}

/** The English title of a digest (functions/notifier/delivery/digest.ts), after an optional mark and keyword. */
const COUNT = /(?:^|· |^\p{Extended_Pictographic}\uFE0F?\s*)(\d+) events · /u;
const GROUP = /^(\d+) × /;
/** A later part of a long card. */
const LATER_PART = /\((?!1\/)\d+\/\d+\)$/;

/** @returns what the room receives from now on. */
export function observe(room: Room): () => Observed {
  const [messageCount, rejectionCount] = [room.messages.length, room.rejections.length];
  const { duplicateCount } = room;
  const messages: ObservedMessage[] = [];
  return () => {
    for (const message of room.messages.slice(messageCount + messages.length)) messages.push(readMessage(message));
    const rejections = room.rejections.slice(rejectionCount);
    return { messages, rejections, duplicateCount: room.duplicateCount - duplicateCount };
  };
}

function readMessage({ at, view }: Message): ObservedMessage {
  const [first = '', ...rest] = view.title ? [view.title, ...view.lines] : view.lines;
  const names = namesIn([first, ...rest].join('\n'));
  if (LATER_PART.test(first)) return { at, events: 0, inGroups: 0, names: [] };
  const count = COUNT.exec(first)?.[1];
  if (count === undefined) return { at, events: 1, inGroups: 1, names };
  const groups = rest.map((line) => Number(GROUP.exec(line)?.[1] ?? 0));
  return { at, events: Number(count), inGroups: sum(groups), names };
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export const eventsIn = (messages: readonly ObservedMessage[]): number => sum(messages.map(({ events }) => events));

/** The most messages in a rolling minute. */
export function maxPerMinute(messages: readonly { at: number }[]): number {
  let first = 0;
  return messages.reduce((max, { at }, index) => {
    while ((messages[first]?.at ?? at) <= at - 60_000) first += 1;
    return Math.max(max, index - first + 1);
  }, 0);
}
