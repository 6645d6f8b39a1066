import type { Metrics } from './metrics';

/** Metrics that remember. */
export interface CountingMetrics extends Metrics {
  counts: Record<string, number>;
  refusals: string[];
  /** How long each answer took, in ms. */
  times: number[];
}

export function countingMetrics(): CountingMetrics {
  const metrics: CountingMetrics = {
    counts: {},
    refusals: [],
    times: [],
    count(name, by = 1) {
      metrics.counts[name] = (metrics.counts[name] ?? 0) + by;
    },
    refused: (reason) => void metrics.refusals.push(reason),
    took: (ms) => void metrics.times.push(ms),
    flush: () => undefined,
  };
  return metrics;
}
