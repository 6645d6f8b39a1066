import { COUNTS as ANSWERS, openMetrics as openCaseMetrics } from '../functions/case-bot/metrics';
import { COUNTS as EVENTS, openMetrics } from '../functions/notifier/metrics';

/** A metric as CloudWatch tells it from others: namespace, name and the names of its dimensions. */
export const named = (namespace: string, name: string, dimensions: readonly string[]): string =>
  `${namespace} ${name} by ${[...dimensions].sort().join(', ')}`;

/** All that the functions' own code can write, as what it really writes when it is made to. */
export function emitted(): Set<string> {
  const lines = written(() => {
    const notifier = openMetrics('stack');
    for (const name of EVENTS) notifier.count(name);
    notifier.failed('slack', '1', 1);
    notifier.putOff('slack', '1');
    notifier.silent('timeout');
    notifier.spent(1, 1);
    notifier.oldest(1);
    notifier.flush();
    const caseBot = openCaseMetrics('stack');
    for (const name of ANSWERS) caseBot.count(name);
    caseBot.refused('misunderstood');
    caseBot.silent('timeout');
    caseBot.spent(1, 1);
    caseBot.took(1);
    caseBot.flush();
  });
  return new Set(lines.flatMap(metricsOf));
}

/** Outside of Lambda, Powertools' own console writes to the process. */
function written(work: () => void): string[] {
  const lines: string[] = [];
  const listen = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  work();
  listen.mockRestore();
  return lines;
}

interface Directive {
  Namespace: string;
  Dimensions: string[][];
  Metrics: { Name: string }[];
}

/** The metrics in a line of CloudWatch's embedded metric format. */
export function metricsOf(line: string): string[] {
  const { CloudWatchMetrics = [] } = (JSON.parse(line)._aws ?? {}) as { CloudWatchMetrics?: Directive[] };
  return CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((dimensions) => Metrics.map(({ Name }) => named(Namespace, Name, dimensions))),
  );
}
