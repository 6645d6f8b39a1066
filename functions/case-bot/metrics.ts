import { MetricUnit, Metrics as Powertools } from '@aws-lambda-powertools/metrics';

/** What CloudWatch counts of the case bot, in namespace Casebell; see the dashboard in the template. */
export const COUNTS = ['AnswersGiven', 'AnswersPutOff', 'UpdatesTold', 'SupportThrottled', 'AdviceGiven'] as const;

export interface Metrics {
  count(name: (typeof COUNTS)[number], by?: number): void;
  /** What was answered with why it was not done. */
  refused(reason: string): void;
  /** A draft or a gist that there was none of, and why not. */
  silent(reason: string): void;
  /** What a question to the model has cost: tokens, and time in ms. */
  spent(tokens: number, ms: number): void;
  /** How long somebody has waited for an answer, in ms. */
  took(ms: number): void;
  /** Writes what has been counted since: once an invocation. */
  flush(): void;
}

/**
 * Metrics in CloudWatch's embedded metric format, as the notifier's. For the worker only: the door answers within a platform's
 * patience, and what it costs to load this is worth nothing there.
 * @param stack the dimension `service`: two stacks of one account have figures of their own.
 */
export function openMetrics(stack: string): Metrics {
  const powertools = new Powertools({ namespace: 'Casebell', serviceName: stack });
  /** As a whole, for an alarm of one's own, and by why. */
  function why(reason: string, name: string): void {
    powertools.addMetric(name, MetricUnit.Count, 1);
    const single = powertools.singleMetric();
    single.addDimensions({ reason });
    single.addMetric(name, MetricUnit.Count, 1);
  }

  return {
    count: (name, by = 1) => void powertools.addMetric(name, MetricUnit.Count, by),
    refused: (reason) => why(reason, 'AnswersRefused'),
    silent: (reason) => why(reason, 'AdviceLeftOut'),
    spent(tokens, ms) {
      powertools.addMetric('ModelTokens', MetricUnit.Count, tokens);
      powertools.addMetric('ModelLatency', MetricUnit.Milliseconds, ms);
    },
    took: (ms) => void powertools.addMetric('AnswerTime', MetricUnit.Milliseconds, Math.max(0, ms)),
    flush: () => (powertools.hasStoredMetrics() ? powertools.publishStoredMetrics() : undefined),
  };
}
