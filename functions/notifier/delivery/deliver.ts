import { describeError } from '../../shared/log';
import type { DeliveryDeps, Destination, TimeBudget } from './deps';
import { removedDestination } from './destinations';
import { type Action, nextAction, summarizeDigest } from './plan';
import { budgetOpensAt } from './rate-limit';
import { acknowledge, type DeliveryContext, sendPart } from './send';
import { type DestinationState, releaseDestination } from './state';

/**
 * Delivers to all destinations at the same time, so that none waits for another. An error is logged and not thrown: everything is in the
 * outbox, and the next sweep resumes it.
 */
export async function deliverAll(destinations: readonly Destination[], deps: DeliveryDeps, time: TimeBudget) {
  const deliverOne = (destination: Destination) =>
    deliver(destination, deps, time).catch((error: unknown) =>
      deps.log.error('delivery.interrupted', { destination: destination.id, reason: describeError(error) }),
    );
  await Promise.all(destinations.map(deliverOne));
}

/**
 * THE LOOP: pending entries become messages, as fast as the platform allows, until nothing is pending, or a wake-up is scheduled for the
 * rest. Any number of these may run for one destination. The outbox lets one of them send at a time, and each that has changed the state
 * looks again or leaves a wake-up, so no entry is forgotten.
 */
export async function deliver(destination: Destination, deps: DeliveryDeps, time: TimeBudget): Promise<void> {
  let isMore = true;
  while (isMore) {
    const state = await deps.outbox.readState(destination.id);
    const action = await nextAction(destination, state, deps);
    isMore = await execute(action, { destination, state, deps, deadline: time.deadline }, time);
  }
}

/** @returns whether to look again */
async function execute(action: Action, context: DeliveryContext, time: TimeBudget): Promise<boolean> {
  const now = context.deps.clock.now();
  switch (action.kind) {
    case 'idle':
      return false;
    case 'wait':
      return waitUntil(action.until, context, time);
    case 'deduplicate':
      await deduplicate(action, context);
      return true;
    case 'acknowledge':
      await acknowledge(action.message, context);
      return true;
    case 'send':
      if (now >= time.startBefore) return waitUntil(now, context, time);
      await sendPart(await summarizeDigest(action, context.deps, time), context, action.incidents);
      return true;
  }
}

/** Marks entries that repeat what was delivered. It needs the lease: another notifier may have delivered the first of them just now. */
async function deduplicate(
  { keys, incidents }: Extract<Action, { kind: 'deduplicate' }>,
  { destination: { id }, state, deps: { outbox, log, metrics }, deadline }: DeliveryContext,
): Promise<void> {
  const leased = await outbox.saveState(id, { ...state, leaseExpiresAt: deadline });
  if (!leased) return;
  const processed = keys.map((key) => ({ key, outcome: 'deduplicated' as const }));
  await outbox.markProcessed(id, processed, incidents);
  await outbox.saveState(id, releaseDestination(leased));
  metrics.count('EventsDeduplicated', keys.length);
  log.info('events.deduplicated', { destination: id, events: keys.length });
}

/** A delivery that may sleep waits this long. A longer wait is left to the queue's delay, which costs nothing. */
const MAX_SLEEP_MS = 20_000;
/** A wake-up for about the same time is good enough. */
const WAKE_UP_TOLERANCE_MS = 1_000;

/**
 * Sleeps where the invocation may, otherwise schedules a wake-up, unless one is scheduled. Either is stored, so that of many deliveries
 * only one sleeps or schedules.
 * @returns whether to look again; false: another delivery will
 */
async function waitUntil(
  until: number,
  { destination: { id }, state, deps: { outbox, queues, clock, log } }: DeliveryContext,
  time: TimeBudget,
): Promise<boolean> {
  const now = clock.now();
  const { wakeUpScheduledFor } = state;
  const isScheduled = wakeUpScheduledFor > now && wakeUpScheduledFor <= until + WAKE_UP_TOLERANCE_MS;
  const isShort = until - now <= MAX_SLEEP_MS;
  if (time.canSleep && isShort && until < time.startBefore) {
    if (isScheduled || (await outbox.saveState(id, { ...state, wakeUpScheduledFor: until })))
      await clock.sleep(until - now);
    return true;
  }
  if (isScheduled) return false;
  const delayMs = await queues.scheduleDelivery(id, isShort ? 0 : until - now);
  const scheduledFor = isShort ? Math.max(until, now + WAKE_UP_TOLERANCE_MS) : now + delayMs;
  await outbox.saveState(id, { ...state, wakeUpScheduledFor: scheduledFor });
  log.info('delivery.scheduled', { destination: id, until: new Date(until).toISOString() });
  return false;
}

/** @param isFresh whether to read the webhooks again, which may have changed a minute ago */
type ReadDestinations = (isFresh?: boolean) => Promise<readonly Destination[]>;

/**
 * Every minute: resumes whatever is pending anywhere, so nothing is lost with a wake-up that was lost or a notifier that died. Records
 * the age of the oldest pending event.
 */
export async function sweep(deps: DeliveryDeps & { destinations: ReadDestinations }, time: TimeBudget): Promise<void> {
  const destinations = await destinationsToSweep(deps);
  await deliverAll(destinations, deps, time);
  const ages = await Promise.all(destinations.map((destination) => pendingAge(destination, deps)));
  deps.metrics.ageSeconds('OldestPendingEventAge', Math.max(0, ...ages));
}

/** Those of the stack, and those that were removed from it while entries are pending. */
async function destinationsToSweep({
  destinations,
  outbox,
}: DeliveryDeps & { destinations: ReadDestinations }): Promise<Destination[]> {
  const stored = await outbox.destinations();
  const oldest = await Promise.all(stored.map((id) => outbox.oldestPendingAt(id)));
  const pending = stored.filter((_, index) => oldest[index] !== undefined);
  const unknownTo = (known: readonly Destination[]) => pending.filter((id) => !known.some((one) => one.id === id));
  const known = await destinations();
  if (unknownTo(known).length === 0) return [...known];
  // An unknown destination may be a webhook that was entered a minute ago, so the secret is read again first.
  const fresh = await destinations(true);
  return [...fresh, ...unknownTo(fresh).map(removedDestination)];
}

/** In seconds; 0 when nothing is pending. Time that the month's budget requires does not count. */
async function pendingAge({ id, quota }: Destination, { outbox, clock, timeZone }: DeliveryDeps): Promise<number> {
  const [oldest, { budget }]: [number | undefined, DestinationState] = await Promise.all([
    outbox.oldestPendingAt(id),
    outbox.readState(id),
  ]);
  if (oldest === undefined) return 0;
  const now = clock.now();
  return Math.max(0, (now - Math.max(oldest, budgetOpensAt(budget, quota, now, timeZone))) / 1000);
}
