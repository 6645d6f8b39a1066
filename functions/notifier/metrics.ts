import { MetricUnit, Metrics as Powertools } from '@aws-lambda-powertools/metrics';

/** What CloudWatch counts, in namespace Casebell; see the alarms in the template. */
export type Count =
  | 'EventsReceived'
  | 'EventsDuplicate'
  | 'EventsFolded'
  | 'EventsDelivered'
  | 'EventsDigested'
  | 'MessagesSent'
  | 'Throttled';

export interface Metrics {
  count(name: Count, by?: number): void;
  /** Events that a platform refused for good, by its own error code. */
  failed(platform: string, code: string, events: number): void;
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
    oldest: (seconds) => void powertools.addMetric('OldestWaitingAge', MetricUnit.Seconds, seconds),
    flush: () => (powertools.hasStoredMetrics() ? powertools.publishStoredMetrics() : undefined),
  };
}
