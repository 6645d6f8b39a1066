import type { Button, Card } from '@casebell/im/webhooks';
import type { AwsEvent } from '../../plugins/formatter';
import type { Standing } from './standing';

/** One event on its way to one team. */
export interface Entry {
  /** What was delivered under a key is not delivered again. */
  key: string;
  /** When it entered, in ms since 1970. */
  since: number;
  /** The formatter that made the card. */
  by: string;
  card: Card;
  /** Its account is the one whose news it is. */
  event: Pick<AwsEvent, 'id' | 'source' | 'account' | 'region' | 'time'>;
  /** The incident that this is news of, where its formatter knows of one. */
  incident?: string;
  /** The same for two cards that differ in nothing but times. */
  print?: string;
  /** Opens a case about it, in a chat where the case bot lives. */
  openCase?: Button;
}

/** What a team has been told of an incident. */
export interface Incident {
  /** When it was told first, in ms since 1970. */
  first: number;
  /** Of the card that was told last. */
  print: string;
  /** The time of the event that was told last, ISO 8601. */
  told: string;
  /** The time of the latest event, told or not because it said the same. */
  latest: string;
  /** Whether its end has been told: what comes after is a new one. */
  over: boolean;
}

/** What became of an entry: told in a message, folded into the one before it, or dead: refused for good. */
export type Outcome = 'told' | 'folded' | 'dead';

export interface Mark {
  key: string;
  outcome: Outcome;
  /** The message that told it. */
  message?: string;
}

/** What has to be delivered, and what has been: durable, and shared by every notifier that runs. */
export interface Outbox {
  /** Stores an entry unless there is, or was, one of its key; a dead one comes to life again. False: it was there. */
  put(destination: string, entry: Entry): Promise<boolean>;
  /** What waits, oldest first; thousands of them are given in part. */
  waiting(destination: string): Promise<Entry[]>;
  /** When the oldest that waits has entered, in ms since 1970. */
  waitingSince(destination: string): Promise<number | undefined>;
  /** Those of them that still wait. */
  entries(destination: string, keys: readonly string[]): Promise<Entry[]>;
  /** They wait no longer; and what their team now knows of incidents. May be repeated. */
  settle(destination: string, marks: readonly Mark[], incidents: ReadonlyMap<string, Incident>): Promise<void>;
  incidents(destination: string, names: readonly string[]): Promise<Map<string, Incident>>;
  standing(destination: string): Promise<Standing>;
  /** Stores how a destination stands, unless somebody else has since this standing was read: then undefined. */
  save(destination: string, standing: Standing): Promise<Standing | undefined>;
  /** Every destination that anything was ever stored for. */
  destinations(): Promise<string[]>;
}
