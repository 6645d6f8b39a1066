import type { Dimensions, Metrics } from './metrics';

/** Metrics that keep what was recorded. */
export interface RecordingMetrics extends Metrics {
  /** The sum of each count. */
  readonly counts: Record<string, number>;
  /** Each duration (ms) and age (seconds), by metric. */
  readonly values: Record<string, number[]>;
  /** The dimensions of each count that has some, by metric. */
  readonly dimensions: Record<string, Dimensions[]>;
  flushes: number;
}

export function recordingMetrics(): RecordingMetrics {
  const append = <T>(lists: Record<string, T[]>, name: string, item: T) => {
    lists[name] = [...(lists[name] ?? []), item];
  };
  const metrics: RecordingMetrics = {
    counts: {},
    values: {},
    dimensions: {},
    flushes: 0,
    count(name, value = 1, dimensions) {
      metrics.counts[name] = (metrics.counts[name] ?? 0) + value;
      if (dimensions) append(metrics.dimensions, name, dimensions);
    },
    durationMs: (name, ms) => append(metrics.values, name, ms),
    ageSeconds: (name, seconds) => append(metrics.values, name, seconds),
    flush() {
      metrics.flushes += 1;
    },
  };
  return metrics;
}
