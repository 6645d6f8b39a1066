type Values = Record<string, unknown>;

/** Adds up what functions measure, as CloudWatch would. */
export interface MetricsReader {
  /** Whether the line is one of CloudWatch's embedded metric format; then it is counted. */
  read(line: string): boolean;
  /** The sum of all its values. */
  total(name: string): number;
  /** That sum for each value of a dimension. */
  by(name: string, dimension: string): Record<string, number>;
  /** The value that came last. */
  latest(name: string): number | undefined;
}

interface Point {
  readonly name: string;
  readonly values: readonly number[];
  /** Everything else in the line: its dimensions and properties. */
  readonly about: Values;
}

/** The values of one line; undefined for a line of another kind (CloudWatch User Guide, "Embedded metric format"). */
export function parseEmbeddedMetrics(line: string): readonly Point[] | undefined {
  const about = parse(line);
  const directives: unknown = Object(about?._aws).CloudWatchMetrics;
  if (!about || !Array.isArray(directives)) return undefined;
  const metrics = directives.flatMap((directive) => [Object(directive).Metrics ?? []].flat());
  const names = [...new Set(metrics.map((metric) => String(Object(metric).Name)))];
  return names.map((name) => ({ name, values: [about[name] ?? []].flat().map(Number), about }));
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
      for (const { values, about } of of(name)) {
        const which = String(about[dimension]);
        sums[which] = (sums[which] ?? 0) + sum(values);
      }
      return sums;
    },
    latest: (name) => of(name).at(-1)?.values.at(-1),
  };
}
