import type { AskModel, Fact, ModelOutcome, NoAnswerReason } from '@casebell/im/webhooks';
import { findViolation, modelRequestFor } from '@casebell/im/webhooks';
import type { Locale } from '../../plugins/formatter';
import type { Clock } from '../shared/clock';
import { describeError, type Log } from '../shared/log';
import type { Metrics } from '../shared/metrics';
import { fingerprint } from './ingest/json';
import type { Subject, Summarize } from './summary/subject';
import type { Known, Summaries } from './summary/summaries';
import { LABEL, TASKS } from './summary/task';

export interface SummaryTools {
  ask: AskModel;
  summaries: Summaries;
  /** Replaces the built-in task; empty for that. */
  prompt: string;
  maxTokens: number;
  locale: Locale;
  clock: Clock;
  log: Log;
  metrics: Metrics;
}

/** In ms: within it, news of the same is not summarised again. A team that reads it has just read what it is about. */
const LATELY = 600_000;
/** In ms, between two looks whether another notifier has its answer. */
const LOOK = 300;
/** Asked at a time: more events than that at once are a storm, which is told in digests, and costs money. */
const MOST_AT_ONCE = 3;

type Result = Fact | NoAnswerReason | 'crowd' | 'told-lately';

/** The second opinion on a card. It may be late, wrong or silent, so nothing waits for it longer than `until`, and all of that is counted. */
export function openSummarize(tools: SummaryTools): Summarize {
  const { locale, clock, log, metrics } = tools;
  let asking = 0;

  const ask = async (subject: Subject, until: number): Promise<Result> => {
    if (until <= clock.now()) return 'timeout';
    if (asking >= MOST_AT_ONCE) return 'crowd';
    asking += 1;
    return claimed(subject, until, tools).finally(() => {
      asking -= 1;
    });
  };

  return async (subject, until) => {
    const left = Math.max(0, until - clock.now());
    const result = await soon(left, ask(subject, until)).catch((error: unknown): Result => {
      log.warn('summary.failed', { reason: describeError(error) });
      return 'failed';
    });
    if (typeof result === 'object') {
      metrics.count('SummariesShown');
      return { ...result, label: locale.t(LABEL) };
    }
    metrics.count('SummariesDropped', 1, { reason: result });
    log.info('summary.left-out', { family: subject.family, kind: subject.kind, reason: result });
    return undefined;
  };
}

/** Whoever comes first asks; whoever comes later with the same takes over what was said; with news of it, goes without. */
async function claimed(subject: Subject, until: number, tools: SummaryTools): Promise<Result> {
  const { summaries, clock } = tools;
  const { family, print } = subject;
  const lately = clock.now() + LATELY;
  const known = await summaries.claim(family, { print, busyUntil: until }, lately);
  if (known) return takenOver(known, subject, until, tools);
  const outcome = await asked(subject, until, tools);
  const words = 'words' in outcome ? outcome.words : undefined;
  // Whoever cannot read it will do without.
  await summaries.keep(family, { print, busyUntil: 0, ...(words && { words }) }, lately).catch(() => undefined);
  return 'words' in outcome ? { label: '', value: outcome.words } : outcome.silence;
}

async function takenOver(first: Known, subject: Subject, until: number, tools: SummaryTools): Promise<Result> {
  const { summaries, clock } = tools;
  let known: Known | undefined = first;
  while (known && !known.words && known.print === subject.print && clock.now() < Math.min(until, known.busyUntil)) {
    await clock.sleep(LOOK);
    known = await summaries.claim(subject.family, { print: subject.print, busyUntil: 0 }, clock.now() + LATELY);
  }
  if (!known?.words || known.print !== subject.print) return 'told-lately';
  // It differs in times at least, and those may be in the words.
  return findViolation(known.words, subject.original) ?? { label: '', value: known.words };
}

async function asked(subject: Subject, until: number, tools: SummaryTools): Promise<ModelOutcome> {
  const { ask, prompt, maxTokens, locale, clock, log, metrics } = tools;
  const task = prompt.trim() ? prompt : locale.t(TASKS[subject.kind]);
  const mark = fingerprint([subject.family, clock.random()]).slice(0, 8);
  const question = modelRequestFor(subject.original.text, { task, language: locale.language, maxTokens, mark });
  const outcome = await ask(question, subject.original, until);
  const { ms, tokens } = outcome;
  metrics.count('ModelTokens', tokens);
  metrics.durationMs('ModelLatency', ms);
  log.info('model.asked', { family: subject.family, kind: subject.kind, tokens, ms });
  return outcome;
}

/** Also the books of what was asked may be slow. */
async function soon(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Result>((resolve) => {
    timer = setTimeout(() => resolve('timeout'), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
