import type { Card, Channel, Fact } from '@casebell/im/webhooks';
import type { Entry, Incident } from '../outbox';
import { fingerprint } from '../shapes/shape';
import type { Message, Standing } from '../standing';
import { tokens } from './bucket';
import { opensAt } from './budget';
import { digest } from './digest';
import { followAll, incidentsOf, knownAfter } from './follow-all';
import type { Item } from './item';
import type { Destination, Office } from './office';
import { freeAt, PATIENCE } from './transitions';

/** What to do next for a destination. */
export type Step =
  | { kind: 'rest' }
  /** Nothing may be sent before a time, in ms since 1970. */
  | { kind: 'wait'; until: number }
  /** These repeat what has been told. */
  | { kind: 'fold'; keys: string[]; incidents: ReadonlyMap<string, Incident> }
  /** `incidents`: what the team knows once the message has arrived; left out when it was begun by somebody else. */
  | {
      kind: 'send';
      message: Message;
      incidents?: ReadonlyMap<string, Incident>;
      /** Of a digest: the same with what all of it comes to. */
      led?(lead: Fact): Message;
    }
  /** It has arrived, and only the outbox does not know yet. */
  | { kind: 'finish'; message: Message };

const REST: Step = { kind: 'rest' };
/** What can be told one by one within this time, in ms, is no storm. */
const HORIZON = 10_000;
/** Most events that one message stands for: their keys are stored with it, and a DynamoDB item may have 400 KB. */
const MOST_EVENTS = 3_000;

/** Looks at how a destination stands and at what waits for it, and decides. Changes nothing. */
export async function nextStep(destination: Destination, standing: Standing, office: Office): Promise<Step> {
  const now = office.clock.now();
  const { message, busyUntil } = standing;
  if (busyUntil > now) return REST;
  if (message?.arrived) return { kind: 'finish', message };
  const free = freeAt(standing, destination.channel.rateLimits);
  if (message) return free > now ? { kind: 'wait', until: free } : { kind: 'send', message };
  if (free <= now) return chooseFrom(await office.outbox.waiting(destination.id), destination, standing, office);
  const since = await office.outbox.waitingSince(destination.id);
  return since === undefined ? REST : { kind: 'wait', until: free };
}

/**
 * While the month's budget is short, what is not critical waits for the window to open; and when a message goes, everything that
 * waits goes with it, because that costs no other.
 */
async function chooseFrom(
  entries: readonly Entry[],
  destination: Destination,
  standing: Standing,
  office: Office,
): Promise<Step> {
  if (entries.length === 0) return REST;
  const now = office.clock.now();
  const opens = opensAt(standing.budget, destination.quota, now);
  const isUrgent = entries.some(({ card }) => card.severity === 'critical');
  if (opens > now && !isUrgent) return { kind: 'wait', until: opens };
  const most = opens > 0 ? 1 : oneByOne(destination.channel, standing, now);
  return compose(entries.slice(0, MOST_EVENTS), most, destination, standing, office);
}

/** One by one while that goes, otherwise all in one. @param most so many at most are told one by one. */
async function compose(
  entries: readonly Entry[],
  most: number,
  { id, channel, hasCaseBot }: Destination,
  standing: Standing,
  { outbox, clock, locale }: Office,
): Promise<Step> {
  const now = clock.now();
  const {
    items: all,
    folded,
    incidents,
  } = followAll(entries, await outbox.incidents(id, incidentsOf(entries)), now, locale);
  const items = apart(all, standing.failures);
  const [first] = items;
  if (!first || folded.length) return { kind: 'fold', keys: folded, incidents };
  const few = items.length <= most;
  const told = few ? [first] : items;
  const drawn = (lead?: Fact) => digest(items, locale, (card) => channel.compose(card).length === 1, lead);
  const message = messageOf(told, few ? withCase(first, hasCaseBot) : drawn(), standing.refusals);
  const led = (lead: Fact): Message => ({ ...message, card: drawn(lead) });
  return { kind: 'send', message, incidents: knownAfter(told), ...(!few && { led }) };
}

/** A chat where the case bot lives is told how to open a case about it. */
function withCase({ card, entry: { openCase } }: Item, hasCaseBot = false): Card {
  return hasCaseBot && openCase ? { ...card, buttons: [...(card.buttons ?? []), openCase] } : card;
}

/** How many can be told one by one in a reasonable time. Only who refuses everything has no limits: there one message will do. */
const oneByOne = ({ rateLimits }: Channel, { buckets }: Standing, now: number): number =>
  rateLimits.length ? tokens(buckets, rateLimits, now, now + HORIZON) : 1;

/**
 * After some failures in a row it may be one event that its platform chokes on. Then a part is tried at a time, another and a
 * smaller one after each failure, until all but that one have been told.
 */
function apart(items: readonly Item[], failures: number): readonly Item[] {
  const halvings = failures - PATIENCE.lone + 1;
  if (halvings < 1 || items.length < 2) return items;
  const size = Math.max(1, items.length >> halvings);
  const start = (failures * size) % items.length;
  return items.slice(start, start + size);
}

/** The same entries make the same message: sent again after a crash, it is sent under the same key. */
function messageOf(items: readonly Item[], card: Card, refusals: number): Message {
  const keys = items.map(({ entry }) => entry.key);
  const id = fingerprint(items.map(({ entry }) => [entry.key, entry.since]));
  return { id, keys, card, form: 'card', part: 0, refusals };
}
