import { MetricUnit, Metrics as Powertools } from '@aws-lambda-powertools/metrics';

/** What CloudWatch counts, in namespace Casebell; see the alarms in the template. */
export type Count =
  | 'EventsReceived'
  | 'EventsDuplicate'
  | 'EventsExcluded'
  | 'EventsFolded'
  | 'EventsDelivered'
  | 'EventsDigested'
  | 'MessagesSent'
  | 'SummariesShown'
  | 'Throttled';

export interface Metrics {
  count(name: Count, by?: number): void;
  /** Events that a platform refused for good, by its own error code. */
  failed(platform: string, code: string, events: number): void;
  /** A summary that there was none of, and why not. */
  silent(reason: string): void;
  /** What a question to the model has cost: tokens, and time in ms. */
  spent(tokens: number, ms: number): void;
  /** Of the event that has waited longest, in seconds. */
  oldest(seconds: number): void;
  /** Writes what has been counted since: once an invocation. */
  flush(): void;
}

/**
 * Metrics in CloudWatch's embedded metric format: lines of the log, so that no call and no permission is needed.
 * @param stack the dimension `service`: two stacks of one account have alarms of their own.
 */
export function openMetrics(stack: string): Metrics {
  const powertools = new Powertools({ namespace: 'Casebell', serviceName: stack });
  return {
    count: (name, by = 1) => void powertools.addMetric(name, MetricUnit.Count, by),
    failed(platform, code, events) {
      powertools.addMetric('EventsFailed', MetricUnit.Count, events);
      const single = powertools.singleMetric();
      single.addDimensions({ platform, code });
      single.addMetric('EventsFailed', MetricUnit.Count, events);
    },
    silent(reason) {
      powertools.addMetric('SummariesLeftOut', MetricUnit.Count, 1);
      const single = powertools.singleMetric();
      single.addDimensions({ reason });
      single.addMetric('SummariesLeftOut', MetricUnit.Count, 1);
    },
    spent(tokens, ms) {
      powertools.addMetric('ModelTokens', MetricUnit.Count, tokens);
      powertools.addMetric('ModelLatency', MetricUnit.Milliseconds, ms);
    },
    oldest: (seconds) => void powertools.addMetric('OldestWaitingAge', MetricUnit.Seconds, seconds),
    flush: () => (powertools.hasStoredMetrics() ? powertools.publishStoredMetrics() : undefined),
  };
}
