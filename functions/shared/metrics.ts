import { MetricUnit, Metrics as Powertools } from '@aws-lambda-powertools/metrics';

/** Values by which a count can be filtered in CloudWatch, such as `{ platform: 'slack', code: '429' }`. */
export type Dimensions = Readonly<Record<string, string>>;

/** CloudWatch metrics of the namespace `Casebell`. The name says what is counted: `EventsDeduplicated`. */
export interface Metrics {
  /** With dimensions the count is written twice: in total, for alarms, and by these dimensions. */
  count(name: string, value?: number, dimensions?: Dimensions): void;
  durationMs(name: string, ms: number): void;
  ageSeconds(name: string, seconds: number): void;
  /** Writes what was recorded since the last flush: once per invocation. */
  flush(): void;
}

/**
 * Metrics in CloudWatch's embedded metric format: log lines, so no API call and no permission is needed.
 * @param stack the dimension `service`: two stacks in one account have metrics and alarms apart
 */
export function createMetrics(stack: string): Metrics {
  const powertools = new Powertools({ namespace: 'Casebell', serviceName: stack });
  return {
    count(name, value = 1, dimensions) {
      powertools.addMetric(name, MetricUnit.Count, value);
      if (!dimensions) return;
      const single = powertools.singleMetric();
      single.addDimensions(dimensions);
      single.addMetric(name, MetricUnit.Count, value);
    },
    durationMs: (name, ms) => void powertools.addMetric(name, MetricUnit.Milliseconds, Math.max(0, ms)),
    ageSeconds: (name, seconds) => void powertools.addMetric(name, MetricUnit.Seconds, seconds),
    flush: () => (powertools.hasStoredMetrics() ? powertools.publishStoredMetrics() : undefined),
  };
}
