import { LEASE_MS, type Versioned } from '../domain/case-store';
import type { CaseSubscription } from '../domain/case-subscription';
import type { BotContext } from '../domain/context';
import { isPermanentRejection, RetryLaterError } from '../domain/errors';

export type Subscription = Versioned<CaseSubscription>;

/** Runs the work while no other worker can hold the subscription. Throws RetryLaterError where one holds it. */
export async function withLease<Result>(
  subscription: Subscription,
  ctx: BotContext,
  work: (leased: Subscription) => Promise<Result>,
): Promise<Result> {
  const now = ctx.now();
  if ((subscription.leaseExpiresAt ?? 0) > now)
    throw new RetryLaterError(`Another worker holds the subscription to case ${subscription.displayId}.`);
  const leased = await saveOrRetry({ ...subscription, leaseExpiresAt: now + LEASE_MS }, ctx);
  return work(leased).catch((error) => releaseLease(leased, error, ctx));
}

/** After an error the next attempt need not wait for the lease to expire; after a crash it must. */
export async function releaseLease(
  { account, displayId, leaseExpiresAt }: Subscription,
  error: unknown,
  { store, now }: BotContext,
): Promise<never> {
  const stored = await store.getSubscription(account, displayId);
  const unreachableSince = isPermanentRejection(error) ? now() : stored?.unreachableSince;
  if (stored && stored.leaseExpiresAt === leaseExpiresAt)
    await store.saveSubscription({ ...stored, leaseExpiresAt: undefined, unreachableSince });
  throw error;
}

/** Throws RetryLaterError if another worker has saved it since it was read. */
export async function saveOrRetry(subscription: Subscription, { store }: BotContext): Promise<Subscription> {
  const saved = await store.saveSubscription(subscription);
  if (!saved)
    throw new RetryLaterError(`Another worker has changed the subscription to case ${subscription.displayId}.`);
  return saved;
}
