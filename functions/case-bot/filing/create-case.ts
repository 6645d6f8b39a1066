import { DeliveryError } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import type { CaseRecord, Versioned } from '../domain/case-store';
import type { MessageContext } from '../domain/context';
import { RetryLaterError } from '../domain/errors';
import { type SupportClient, SupportError } from '../domain/support-client';
import { openCaseConversation } from './case-conversation';

type Stored = Versioned<CaseRecord>;

/** In ms: how long a case may take to be seen in DescribeCases; who looks earlier and does not find it knows nothing. */
const PATIENCE = 60_000;
/** In ms: clocks differ. */
const SLACK = 600_000;

/**
 * Takes a record from wherever it has got to, to a filed case with a place of its own: CreateCase, its number, the rest of
 * its text, its place. Each step is written down before the next, and each looks for what an earlier try may have done.
 * Throws SupportTrouble when AWS has refused the case, and Later when nobody knows yet, or when something is left to do.
 */
export async function createCase(record: Stored, ctx: MessageContext): Promise<Stored> {
  const supportClient = ctx.accounts.supportClient(record.account);
  const created = record.caseId ? record : await create(record, supportClient, ctx);
  const isOld = record.caseId !== undefined || ctx.isRetry;
  return finish(created, isOld, supportClient, ctx).catch(goOnLater);
}

/** @param isOld whether an earlier try may have got further than it could write down */
async function finish(
  created: Stored,
  isOld: boolean,
  supportClient: SupportClient,
  ctx: MessageContext,
): Promise<Stored> {
  const numbered = created.displayId ? created : await number(created, supportClient, ctx);
  return openCaseConversation(await tellRest(numbered, isOld, supportClient, ctx), ctx);
}

/** The case is there: nobody may waitForReply now that nothing was done, nor must press again for the rest. */
function goOnLater(error: unknown): never {
  const isTheirs = error instanceof SupportError || error instanceof DeliveryError;
  throw isTheirs ? new RetryLaterError(`The case is filed, but: ${error.message}`, FILED) : error;
}

async function create(record: Stored, supportClient: SupportClient, ctx: MessageContext): Promise<Stored> {
  const found =
    record.attemptedAt === undefined ? undefined : await lookFor(record, record.attemptedAt, supportClient, ctx);
  if (found) return ctx.store.saveRecord({ ...record, ...found });
  const tried = await ctx.store.saveRecord({ ...record, attemptedAt: ctx.now() });
  const caseId = await supportClient.createCase(record.request).catch((error) => refused(error, tried, ctx));
  return ctx.store.saveRecord({ ...tried, caseId });
}

/** The case of an earlier try whose answer never came, by the reference in its text. */
async function lookFor(
  { reference }: CaseRecord,
  attempted: number,
  supportClient: SupportClient,
  { now }: MessageContext,
) {
  const cases = await supportClient.listCases(attempted - SLACK);
  const found = cases.find(({ latest }) => latest.some(({ body }) => body.includes(reference)));
  if (found) return { caseId: found.caseId, displayId: found.displayId };
  if (now() - attempted < PATIENCE)
    throw new RetryLaterError('It is not known yet whether the case was filed.', UNKNOWN);
  return undefined;
}

/** What was surely refused may be tried again at once; of the rest it must first be found out what came of it. */
async function refused(error: unknown, tried: Stored, { store }: MessageContext): Promise<never> {
  if (!(error instanceof SupportError) || error.isOutcomeUnknown)
    throw new RetryLaterError(`CreateCase: ${error}`, UNKNOWN);
  await store.saveRecord({ ...tried, attemptedAt: undefined });
  throw error;
}

async function number(record: Stored, supportClient: SupportClient, { store }: MessageContext): Promise<Stored> {
  const found = await supportClient.findCase({ caseId: record.caseId ?? '' });
  if (!found) throw new RetryLaterError('The case is filed, and not to be seen yet.', FILED);
  return store.saveRecord({ ...record, displayId: found.displayId });
}

/** What did not fit into the case follows as replies; each carries its own number, so that it is told once. */
async function tellRest(
  record: Stored,
  isOld: boolean,
  supportClient: SupportClient,
  ctx: MessageContext,
): Promise<Stored> {
  let current = record;
  const caseId = record.caseId ?? '';
  const had =
    record.overflowSent < record.overflow.length && isOld ? await supportClient.listCommunications(caseId) : [];
  for (const body of record.overflow.slice(record.overflowSent)) {
    if (!had.some((communication) => communication.body.trim() === body.trim()))
      await supportClient.addCommunication(caseId, body);
    current = await ctx.store.saveRecord({ ...current, overflowSent: current.overflowSent + 1 });
  }
  return current;
}

const UNKNOWN: LocalizedText = {
  en: 'AWS Support has not answered. I will look whether the case was filed before anything is tried again; you need not do anything.',
  'zh-CN': 'AWS 支持暂未响应。我会先确认工单是否已创建再继续，不会重复提交，您无需操作。',
};
const FILED: LocalizedText = {
  en: 'The case is filed; a few things are left to do. One moment, you need not do anything.',
  'zh-CN': '工单已提交，还有几步正在处理，请稍候，您无需操作。',
};
