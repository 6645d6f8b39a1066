type Values = Record<string, unknown>;

/** Adds up the metrics of functions, as CloudWatch does. */
export interface MetricsReader {
  /** Counts a line in CloudWatch's embedded metric format; false for another line. */
  read(line: string): boolean;
  /** Sum of a metric's values. */
  total(name: string): number;
  /** Sum for each value of a dimension. */
  by(name: string, dimension: string): Record<string, number>;
  /** The last value. */
  latest(name: string): number | undefined;
}

interface Point {
  readonly name: string;
  readonly values: readonly number[];
  /** The line's dimensions and properties. */
  readonly members: Values;
}

/** The metrics of a line; undefined for another kind of line (CloudWatch User Guide, "Embedded metric format"). */
export function parseEmbeddedMetrics(line: string): readonly Point[] | undefined {
  const members = parse(line);
  const directives: unknown = Object(members?._aws).CloudWatchMetrics;
  if (!members || !Array.isArray(directives)) return undefined;
  const metrics = directives.flatMap((directive) => [Object(directive).Metrics ?? []].flat());
  const names = [...new Set(metrics.map((metric) => String(Object(metric).Name)))];
  return names.map((name) => ({ name, values: [members[name] ?? []].flat().map(Number), members }));
}

function parse(line: string): Values | undefined {
  try {
    const value: unknown = line.startsWith('{') ? JSON.parse(line) : undefined;
    return value as Values | undefined;
  } catch {
    return undefined;
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export function createMetricsReader(): MetricsReader {
  const points: Point[] = [];
  const of = (name: string): Point[] => points.filter((point) => point.name === name);
  return {
    read(line) {
      const found = parseEmbeddedMetrics(line);
      points.push(...(found ?? []));
      return found !== undefined;
    },
    total: (name) => sum(of(name).flatMap(({ values }) => values)),
    by(name, dimension) {
      const sums: Record<string, number> = {};
      for (const { values, members } of of(name)) {
        const which = String(members[dimension]);
        sums[which] = (sums[which] ?? 0) + sum(values);
      }
      return sums;
    },
    latest: (name) => of(name).at(-1)?.values.at(-1),
  };
}
