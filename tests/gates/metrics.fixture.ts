import { readdirSync, readFileSync } from 'node:fs';

/** A metric as CloudWatch identifies it: namespace, name and the names of its dimensions. */
export const metricKey = (namespace: string, name: string, dimensions: readonly string[]): string =>
  `${namespace} ${name} by ${[...dimensions].sort().join(', ')}`;

const CALL = /\.(?:count|durationMs|ageSeconds)\(\s*'(\w+)'(?:,[^;]*?\{([^}]*)\})?/g;

/** Every metric that the functions' code records: read from its calls, such as `metrics.count('EventsRejected', 1, { platform, code })`. */
export function metricsInCode(): Set<string> {
  const calls = [...sourceOf('functions').matchAll(CALL)];
  return new Set(
    calls.flatMap(([, name = '', dimensions]) => {
      const total = metricKey('Casebell', name, ['service']);
      if (dimensions === undefined) return [total];
      const names = dimensions.split(',').map((entry) => entry.split(':')[0]?.trim() ?? '');
      return [total, metricKey('Casebell', name, [...names.filter(Boolean), 'service'])];
    }),
  );
}

const sourceOf = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ts$/.test(file) && !/\.(test|fixture|contract)\.ts$|shared\/metrics\.ts$/.test(file))
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
    .join('\n');

interface Directive {
  Namespace: string;
  Dimensions: string[][];
  Metrics: { Name: string }[];
}

/** The metrics in a line of CloudWatch's embedded metric format. */
export function metricsOf(line: string): string[] {
  const { CloudWatchMetrics = [] } = (JSON.parse(line)._aws ?? {}) as { CloudWatchMetrics?: Directive[] };
  return CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((dimensions) => Metrics.map(({ Name }) => metricKey(Namespace, Name, dimensions))),
  );
}
