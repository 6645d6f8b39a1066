import { type Original, objectionTo } from './guard';
import type { Ledger, Model, Question, Said } from './model';
import { givesOrders } from './orders';
import { type Silence, silenceIn, silenceOf } from './silence';

/** What came of asking: words that may be shown, or why there are none; and what it cost. */
export type Outcome = ({ words: string } | { silence: Silence }) & { ms: number; tokens: number };

/** Whether what a model says may be shown; the reason why not. */
export type Judge = (words: string, original: Original) => Silence | undefined;

/**
 * Asks a model, and never rejects.
 * @param until ms since 1970: nobody waits for longer
 * @param judge for an answer that is no plain text; the guard if absent
 */
export type Ask = (question: Question, original: Original, until: number, judge?: Judge) => Promise<Outcome>;

export interface Tools {
  model: Model;
  /** Absent: as many tokens a day as it takes. */
  ledger?: Ledger;
  /** Milliseconds since 1970. */
  now(): number;
  /** For whoever looks for a fault: is given content, which is told to nobody otherwise. */
  overhear?(question: Question, said: Said): void;
}

/** Failures in a row after which a model is left alone, and for how long, in ms: whoever is told of an alarm must not wait for it each time. */
const PATIENCE = 3;
const REST = 60_000;

/**
 * Asking under every condition that makes it harmless: within a time box of its own, within the day's tokens, not again and again
 * while the model fails, and only what passes the guard comes out.
 */
export function openAsking({ model, ledger, now, overhear }: Tools): Ask {
  let failures = 0;
  let restsUntil = 0;

  const count = (silence: Silence | undefined): void => {
    failures = silence && FAILURES.has(silence) ? failures + 1 : 0;
    if (failures >= PATIENCE) restsUntil = now() + REST;
  };

  return async (question, original, until, judge = objectionTo) => {
    const began = now();
    const left = until - began;
    const cost = { tokens: 0 };
    const outcome = (result: { words: string } | { silence: Silence }): Outcome => ({
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
const FAILURES: ReadonlySet<Silence> = new Set(['timeout', 'throttled', 'denied', 'unknown-model', 'failed']);

class NoBudget extends Error {}

/** Reserves before it asks, so that many who ask at once do not spend more than there is; afterwards the books are put right. */
async function paidFor(
  question: Question,
  { model, ledger }: Pick<Tools, 'model' | 'ledger'>,
  signal: AbortSignal,
): Promise<Said> {
  const estimate = mostOf(question);
  if (ledger && !(await ledger.reserve(estimate, signal))) throw new NoBudget();
  const answer = await model.ask(question, signal).catch(async (error: unknown) => {
    // What was refused costs nothing; what took too long may have been answered to nobody.
    if (silenceOf(error) !== 'timeout') await ledger?.correct(-estimate, signal).catch(() => undefined);
    throw error;
  });
  await ledger?.correct(answer.tokens - estimate, signal).catch(() => undefined);
  return answer;
}

/** Tokens that it can cost at most, roughly: two bytes to one is what the densest text takes. */
const mostOf = ({ system, text, maxTokens }: Question): number =>
  Math.ceil(Buffer.byteLength(system + text) / 2) + maxTokens;

/** What the work comes to within that many ms. Work that does not heed its signal is left behind. */
async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T | Silence> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), ms);
  const late = new Promise<Silence>((resolve) =>
    patience.signal.addEventListener('abort', () => resolve('timeout'), { once: true }),
  );
  const done = work(patience.signal).catch(
    (error: unknown): Silence => (error instanceof NoBudget ? 'budget' : silenceOf(error)),
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}
