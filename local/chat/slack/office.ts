import { type Json, textAt } from '../json';
import type { Archive, Saying } from './archive';
import type { Cabinet } from './cabinet';
import { directId, PEOPLE } from './organisation';

/** What the methods of the Web API work on. */
export interface Office {
  readonly archive: Archive;
  readonly cabinet: Cabinet;
  /** Channels that the bot is not in (any more). */
  readonly outside: ReadonlySet<string>;
  /** The bot said something. */
  told(saying: Saying): void;
  /** The bot shows something else in a message. */
  changed(saying: Saying): void;
}

/** A yes with what it gives, or the word of a refusal. */
export type Result = { ok: true; [name: string]: unknown } | { ok: false; error: string; [name: string]: unknown };

/** The word of a refusal, and what comes with it. */
export function refuse(error: string, more: Json = {}): Result {
  return { ok: false, error, ...more };
}

/** The channel of the arguments, where the bot may go; otherwise the word of the refusal. A person's id means their direct chat. */
export function channelOf(args: Json, { archive, outside }: Office): { id: string } | { error: string } {
  const given = textAt(args, 'channel');
  const id = PEOPLE.some((person) => person.id === given) ? directId(given) : given;
  const known = archive.talks.some((talk) => talk.id === id && talk.kind !== 'thread');
  if (!known) return { error: 'channel_not_found' };
  return outside.has(id) ? { error: 'not_in_channel' } : { id };
}
