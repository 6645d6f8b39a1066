import { randomUUID } from 'node:crypto';
import {
  type AskModel,
  modelRequestFor,
  type NoAnswerReason,
  type Original,
  type OutputValidator,
} from '@casebell/im/bots';
import type { Log } from '../shared/log';
import type { Metrics } from '../shared/metrics';

/** What a model is asked to make of somebody's words. */
export interface Request {
  /** For the log. */
  kind: 'draft' | 'gist';
  /** In the language of the answer. */
  task: string;
  original: Original;
  /** For an answer that is no plain text. */
  judge?: OutputValidator;
}

/** A model that helps with words. */
export interface Advisor {
  /** Its answer; undefined where there is none that may be shown. Never rejects, and takes no longer than its time box. */
  advise(request: Request): Promise<string | undefined>;
  /** Why it does not answer; undefined when it does. */
  probe(): Promise<NoAnswerReason | undefined>;
}

/** In ms: nobody waits for a model for longer. */
const TIME_BOX = 8_000;

/** Costs some twenty tokens. */
const PROBE = { system: 'Answer with the word you are given.', text: 'ready', maxTokens: 10 };

interface Books {
  /** ms since 1970. */
  now(): number;
  log: Log;
  metrics: Metrics;
}

export function openAdvisor(ask: AskModel, maxTokens: number, { now, log, metrics }: Books): Advisor {
  return {
    async advise({ kind, task, original, judge }) {
      const mark = randomUUID().slice(0, 8);
      const question = modelRequestFor(original.text, { task, language: original.language, maxTokens, mark });
      const outcome = await ask(question, original, now() + TIME_BOX, judge);
      const { tokens, ms } = outcome;
      metrics.count('ModelTokens', tokens);
      metrics.durationMs('ModelLatency', ms);
      if ('words' in outcome) {
        metrics.count('ModelAnswersUsed');
        log.info('model.asked', { kind, tokens, ms });
        return outcome.words;
      }
      metrics.count('ModelAnswersDropped', 1, { reason: outcome.silence });
      log.info('model.silent', { kind, tokens, ms, reason: outcome.silence });
      return undefined;
    },
    async probe() {
      const outcome = await ask(PROBE, { text: PROBE.text, language: 'en' }, now() + TIME_BOX, () => undefined);
      return 'silence' in outcome ? outcome.silence : undefined;
    },
  };
}
