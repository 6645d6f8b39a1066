import { readdirSync, readFileSync } from 'node:fs';
import { matcher } from '../../../functions/notifier/format/event-pattern';
import type { EventPattern, Formatter } from '../../../plugins/formatter';
import { ofType, stackOf } from './stack.fixture';

type Envelope = Record<string, unknown> & { source?: string };

const formatters = readdirSync('plugins', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }): Formatter => require(`../../../plugins/${name}/formatter`).default);

const samples = readdirSync('events')
  .filter((name) => name.endsWith('.json'))
  .map((name): [string, Envelope] => [name, JSON.parse(readFileSync(`events/${name}`, 'utf8'))]);

async function rules(parameters = {}): Promise<[string, EventPattern][]> {
  const patternOf = (pattern: unknown) => (typeof pattern === 'string' ? JSON.parse(pattern) : pattern);
  const all = ofType(await stackOf(parameters), 'AWS::Events::Rule');
  return all.map(([id, { EventPattern }]) => [id, patternOf(EventPattern)]);
}

/** Whether the first lets in nothing but what the second does, as far as source and type go. */
function isWithin(rule: EventPattern, formatter: EventPattern): boolean {
  return ['source', 'detail-type'].every((field) =>
    [rule[field] ?? []].flat().every((value) => [formatter[field] ?? []].flat().includes(value)),
  );
}

const OF_NO_FORMATTER = ['CardRule', 'ExtraRule', 'CaseUpdateRule'];

it('each rule is the pattern of one formatter, at most narrowed to certain types and details', async () => {
  const ruled = (await rules()).filter(([id]) => !OF_NO_FORMATTER.includes(id));
  expect(ruled.length).toBeGreaterThanOrEqual(7);
  for (const [id, pattern] of ruled) {
    const own = formatters.filter((formatter) => isWithin(pattern, formatter.pattern));
    expect([id, own.length]).toEqual([id, 1]);
    expect(Object.keys(pattern).filter((field) => !['source', 'detail-type', 'detail'].includes(field))).toEqual([]);
  }
});

const ofFormatter = ({ pattern }: Formatter) => samples.filter(([, event]) => matcher(pattern)(event));

/** What AWS publishes to the topic needs no rule. */
const OVER_THE_TOPIC = ['cost-anomaly'];
const ruled = formatters.filter(({ name }) => !OVER_THE_TOPIC.includes(name));

it.each(ruled.map((formatter) => [formatter.name, formatter] as const))(
  'a rule lets in every sample that %s formats, and only that formatter would',
  async (_name, formatter) => {
    const own = ofFormatter(formatter);
    expect(own.length).toBeGreaterThan(0);
    const all = await rules({ GuardDutyMinSeverity: '0' });
    for (const [file, event] of own) {
      const letIn = all.filter(([, pattern]) => matcher(pattern)(event));
      expect([file, letIn.length]).toEqual([file, 1]);
      const [[, pattern] = ['', {}]] = letIn;
      expect(isWithin(pattern, formatter.pattern)).toBe(true);
    }
  },
);

it('the parameters narrow the rules', async () => {
  const [, stopped = {}] = samples.find(([file]) => file === 'ec2-stopped.json') ?? [];
  const [, finding = {}] = samples.find(([file]) => file === 'guardduty-port-probe.json') ?? [];
  const [, backup = {}] = samples.find(([file]) => file === 'backup-job-failed.json') ?? [];
  const isLetIn = async (event: Envelope, parameters: Record<string, string>) =>
    (await rules(parameters)).some(([, pattern]) => matcher(pattern)(event));
  expect(await isLetIn(stopped, {})).toBe(true);
  expect(await isLetIn(stopped, { EC2States: 'none' })).toBe(false);
  expect(await isLetIn(finding, { GuardDutyMinSeverity: '1' })).toBe(true);
  expect(await isLetIn(finding, { GuardDutyMinSeverity: '10' })).toBe(false);
  expect(await isLetIn(backup, {})).toBe(false);
  expect(await isLetIn(backup, { ExtraEventSources: 'aws.rds,aws.backup' })).toBe(true);
});
