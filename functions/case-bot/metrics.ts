import { MetricUnit, Metrics as Powertools } from '@aws-lambda-powertools/metrics';

/** What CloudWatch counts of the case bot, in namespace Casebell; see the dashboard in the template. */
export const COUNTS = ['AnswersGiven', 'AnswersPutOff', 'UpdatesTold', 'SupportThrottled'] as const;

export interface Metrics {
  count(name: (typeof COUNTS)[number], by?: number): void;
  /** What was answered with why it was not done. */
  refused(reason: string): void;
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
  return {
    count: (name, by = 1) => void powertools.addMetric(name, MetricUnit.Count, by),
    refused(reason) {
      powertools.addMetric('AnswersRefused', MetricUnit.Count, 1);
      const single = powertools.singleMetric();
      single.addDimensions({ reason });
      single.addMetric('AnswersRefused', MetricUnit.Count, 1);
    },
    took: (ms) => void powertools.addMetric('AnswerTime', MetricUnit.Milliseconds, Math.max(0, ms)),
    flush: () => (powertools.hasStoredMetrics() ? powertools.publishStoredMetrics() : undefined),
  };
}
