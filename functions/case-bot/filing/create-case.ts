import type { LocalizedText } from '../../shared/locale';
import type { CaseRecord, Versioned } from '../domain/case-store';
import type { MessageContext } from '../domain/context';
import { RetryLaterError, retryRemainingSteps } from '../domain/errors';
import { type SupportClient, SupportError } from '../domain/support-client';
import { openCaseConversation } from './case-conversation';
import { CLOCK_TOLERANCE_MS } from './send-reply';

type Stored = Versioned<CaseRecord>;

/** How long a new case may be missing in DescribeCases: until then, not finding it proves nothing. */
const VISIBLE_AFTER_MS = 60_000;

/**
 * Continues a record from the step that it has reached: CreateCase, the case number, the overflow of its text, its conversation. Each step
 * is saved before the next, and each looks first for what an earlier attempt may have done.
 * Throws SupportError where AWS has rejected the case, and RetryLaterError where the outcome is unknown or a step is left.
 */
export async function createCase(record: Stored, ctx: MessageContext): Promise<Stored> {
  const supportClient = ctx.accounts.supportClient(record.account);
  const mayHaveSent = record.caseId !== undefined || ctx.isRetry;
  const created = record.caseId ? record : await create(record, supportClient, ctx);
  try {
    const numbered = created.displayId ? created : await saveDisplayId(created, supportClient, ctx);
    return await openCaseConversation(await sendOverflow(numbered, mayHaveSent, supportClient, ctx), ctx);
  } catch (error) {
    return retryRemainingSteps(error, STEPS_LEFT);
  }
}

async function create(record: Stored, supportClient: SupportClient, ctx: MessageContext): Promise<Stored> {
  const existing = await findEarlierCase(record, supportClient, ctx);
  if (existing) return ctx.store.saveRecord({ ...record, ...existing });
  const attempted = await ctx.store.saveRecord({ ...record, attemptedAt: ctx.now() });
  const caseId = await supportClient.createCase(record.request).catch((error) => onRejected(error, attempted, ctx));
  return ctx.store.saveRecord({ ...attempted, caseId });
}

/** The case of an attempt with unknown outcome, found by the reference in its text. */
async function findEarlierCase(
  { reference, attemptedAt }: CaseRecord,
  supportClient: SupportClient,
  { now }: MessageContext,
) {
  if (attemptedAt === undefined) return undefined;
  const cases = await supportClient.listCases(attemptedAt - CLOCK_TOLERANCE_MS);
  const found = cases.find(({ latest }) => latest.some(({ body }) => body.includes(reference)));
  if (found) return { caseId: found.caseId, displayId: found.displayId };
  if (now() - attemptedAt < VISIBLE_AFTER_MS)
    throw new RetryLaterError('It is not known yet whether the case was created.', OUTCOME_UNKNOWN);
  return undefined;
}

/** A rejected case may be submitted again at once; otherwise a later attempt must look for the case first. */
async function onRejected(error: unknown, attempted: Stored, { store }: MessageContext): Promise<never> {
  if (!(error instanceof SupportError) || error.isOutcomeUnknown)
    throw new RetryLaterError(`CreateCase: ${error}`, OUTCOME_UNKNOWN);
  await store.saveRecord({ ...attempted, attemptedAt: undefined });
  throw error;
}

async function saveDisplayId(record: Stored, supportClient: SupportClient, { store }: MessageContext): Promise<Stored> {
  const found = await supportClient.findCase({ caseId: record.caseId ?? '' });
  if (!found) throw new RetryLaterError('The case was created and is not visible yet.', STEPS_LEFT);
  return store.saveRecord({ ...record, displayId: found.displayId });
}

/** Sends the text that did not fit into the case as replies. Each part has its number, so that none is sent twice. */
async function sendOverflow(
  record: Stored,
  mayHaveSent: boolean,
  supportClient: SupportClient,
  { store }: MessageContext,
): Promise<Stored> {
  const left = record.overflow.slice(record.overflowSent);
  const caseId = record.caseId ?? '';
  const sent = mayHaveSent && left.length > 0 ? await supportClient.listCommunications(caseId) : [];
  let current = record;
  for (const body of left) {
    const isSent = sent.some((communication) => communication.body.trim() === body.trim());
    if (!isSent) await supportClient.addCommunication(caseId, body);
    current = await store.saveRecord({ ...current, overflowSent: current.overflowSent + 1 });
  }
  return current;
}

const OUTCOME_UNKNOWN: LocalizedText = {
  en: 'AWS Support has not responded. I will check whether the case was created before I try again; you need not do anything.',
  'zh-CN': 'AWS 支持暂未响应。我会先确认工单是否已创建再继续，不会重复提交，您无需操作。',
};
const STEPS_LEFT: LocalizedText = {
  en: 'The case was created; a few steps are left. You need not do anything.',
  'zh-CN': '工单已提交，还有几步正在处理，请稍候，您无需操作。',
};
