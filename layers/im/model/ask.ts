import { findViolation, type Original } from './guard';
import type { Model, ModelRequest, ModelResponse, TokenBudget } from './model';
import { givesOrders } from './orders';
import { type NoAnswerReason, silenceIn, silenceOf } from './silence';

/** What came of asking: words that may be shown, or why there are none; and what it cost. */
export type ModelOutcome = ({ words: string } | { silence: NoAnswerReason }) & { ms: number; tokens: number };

/** Whether what a model says may be shown; the reason why not. */
export type OutputValidator = (words: string, original: Original) => NoAnswerReason | undefined;

/**
 * Asks a model, and never rejects.
 * @param until ms since 1970: nobody waits for longer
 * @param judge for an answer that is no plain text; the guard if absent
 */
export type AskModel = (
  question: ModelRequest,
  original: Original,
  until: number,
  judge?: OutputValidator,
) => Promise<ModelOutcome>;

export interface AskModelDeps {
  model: Model;
  /** Absent: as many tokens a day as it takes. */
  ledger?: TokenBudget;
  /** Milliseconds since 1970. */
  now(): number;
  /** For whoever looks for a fault: is given content, which is told to nobody otherwise. */
  overhear?(question: ModelRequest, said: ModelResponse): void;
}

/** Failures in a row after which a model is left alone, and for how long, in ms: whoever is told of an alarm must not wait for it each time. */
const PATIENCE = 3;
const REST = 60_000;

/**
 * Asking under every condition that makes it harmless: within a time box of its own, within the day's tokens, not again and again
 * while the model fails, and only what passes the guard comes out.
 */
export function createAskModel({ model, ledger, now, overhear }: AskModelDeps): AskModel {
  let failures = 0;
  let restsUntil = 0;

  const count = (silence: NoAnswerReason | undefined): void => {
    failures = silence && FAILURES.has(silence) ? failures + 1 : 0;
    if (failures >= PATIENCE) restsUntil = now() + REST;
  };

  return async (question, original, until, judge = findViolation) => {
    const began = now();
    const left = until - began;
    const cost = { tokens: 0 };
    const outcome = (result: { words: string } | { silence: NoAnswerReason }): ModelOutcome => ({
      ...result,
      ms: now() - began,
      ...cost,
    });
    if (began < restsUntil) return outcome({ silence: 'resting' });
    if (left <= 0) return outcome({ silence: 'timeout' });
    if (givesOrders(original.text, original.isLetter)) return outcome({ silence: 'suspicious' });
    const result = await within(left, async (signal) => {
      const answer = await paidFor(question, { model, ledger }, signal);
      cost.tokens = answer.tokens;
      overhear?.(question, answer);
      return silenceIn(answer.stop) ?? { words: answer.text.trim() };
    });
    if (typeof result === 'string') {
      count(result);
      return outcome({ silence: result });
    }
    count(undefined);
    const silence = judge(result.words, { ...original, instructions: question.system });
    return outcome(silence ? { silence } : result);
  };
}

/** Those of the service: what the model says is no reason to leave it alone. */
const FAILURES: ReadonlySet<NoAnswerReason> = new Set(['timeout', 'throttled', 'denied', 'unknown-model', 'failed']);

class NoBudget extends Error {}

/** Reserves before it asks, so that many who ask at once do not spend more than there is; afterwards the books are put right. */
async function paidFor(
  question: ModelRequest,
  { model, ledger }: Pick<AskModelDeps, 'model' | 'ledger'>,
  signal: AbortSignal,
): Promise<ModelResponse> {
  const estimate = mostOf(question);
  if (ledger && !(await ledger.reserve(estimate, signal))) throw new NoBudget();
  const answer = await model.ask(question, signal).catch(async (error: unknown) => {
    // What was refused costs nothing; what took too long may have been answered to nobody.
    if (silenceOf(error) !== 'timeout') await ledger?.adjust(-estimate, signal).catch(() => undefined);
    throw error;
  });
  await ledger?.adjust(answer.tokens - estimate, signal).catch(() => undefined);
  return answer;
}

/** Tokens that it can cost at most, roughly: two bytes to one is what the densest text takes. */
const mostOf = ({ system, text, maxTokens }: ModelRequest): number =>
  Math.ceil(Buffer.byteLength(system + text) / 2) + maxTokens;

/** What the work comes to within that many ms. Work that does not heed its signal is left behind. */
async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T | NoAnswerReason> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), ms);
  const late = new Promise<NoAnswerReason>((resolve) =>
    patience.signal.addEventListener('abort', () => resolve('timeout'), { once: true }),
  );
  const done = work(patience.signal).catch(
    (error: unknown): NoAnswerReason => (error instanceof NoBudget ? 'budget' : silenceOf(error)),
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}
