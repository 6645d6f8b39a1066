import type { Metrics } from './metrics';

/** Metrics that remember. */
export interface CountingMetrics extends Metrics {
  counts: Record<string, number>;
  refusals: string[];
  silences: string[];
  costs: { tokens: number; ms: number }[];
  /** How long each answer took, in ms. */
  times: number[];
}

export function countingMetrics(): CountingMetrics {
  const metrics: CountingMetrics = {
    counts: {},
    refusals: [],
    silences: [],
    costs: [],
    times: [],
    count(name, by = 1) {
      metrics.counts[name] = (metrics.counts[name] ?? 0) + by;
    },
    refused: (reason) => void metrics.refusals.push(reason),
    silent: (reason) => void metrics.silences.push(reason),
    spent: (tokens, ms) => void metrics.costs.push({ tokens, ms }),
    took: (ms) => void metrics.times.push(ms),
    flush: () => undefined,
  };
  return metrics;
}
