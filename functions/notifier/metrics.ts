import { MetricUnit, Metrics as Powertools } from '@aws-lambda-powertools/metrics';

/** What CloudWatch counts, in namespace Casebell; see the dashboard and the alarms in the template. */
export const COUNTS = [
  'EventsReceived',
  'EventsDuplicate',
  'EventsExcluded',
  'EventsFolded',
  'EventsDelivered',
  'EventsDigested',
  'MessagesSent',
  'SummariesShown',
  'Throttled',
] as const;

export interface Metrics {
  count(name: (typeof COUNTS)[number], by?: number): void;
  /** Events that a platform refused for good, by its own error code. */
  failed(platform: string, code: string, events: number): void;
  /** A message that a platform would not have for now, by its own error code: it is tried again. */
  putOff(platform: string, code: string): void;
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
  /** As a whole, for an alarm of one's own, and by why. */
  function by(why: Record<string, string>, name: string, count: number): void {
    powertools.addMetric(name, MetricUnit.Count, count);
    const single = powertools.singleMetric();
    single.addDimensions(why);
    single.addMetric(name, MetricUnit.Count, count);
  }

  return {
    count: (name, by = 1) => void powertools.addMetric(name, MetricUnit.Count, by),
    failed: (platform, code, events) => by({ platform, code }, 'EventsFailed', events),
    putOff: (platform, code) => by({ platform, code }, 'MessagesPutOff', 1),
    silent: (reason) => by({ reason }, 'SummariesLeftOut', 1),
    spent(tokens, ms) {
      powertools.addMetric('ModelTokens', MetricUnit.Count, tokens);
      powertools.addMetric('ModelLatency', MetricUnit.Milliseconds, ms);
    },
    oldest: (seconds) => void powertools.addMetric('OldestWaitingAge', MetricUnit.Seconds, seconds),
    flush: () => (powertools.hasStoredMetrics() ? powertools.publishStoredMetrics() : undefined),
  };
}
