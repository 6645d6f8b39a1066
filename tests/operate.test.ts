import { readdirSync, readFileSync } from 'node:fs';
import { COUNTS as ANSWERS } from '../functions/case-bot/metrics';
import { COUNTS as EVENTS } from '../functions/notifier/metrics';
import { emitted, named } from './metrics.fixture';
import { stackOf } from './sar/stack.fixture';

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:on-call';
const CASE_BOT = { SlackSigningSecret: 'a', SlackBotToken: 'xoxb-1' };
const MODEL = { EnableLLM: 'true' };
const STACKS: [string, Record<string, string>][] = [
  ['the notifier alone', {}],
  ['a case bot', CASE_BOT],
  ['a model', MODEL],
  ['both', { ...CASE_BOT, ...MODEL }],
];

type Metric = [namespace: string, name: string, ...dimensionsAndOptions: unknown[]];
interface Widget {
  type: 'metric' | 'alarm';
  width: number;
  properties: { title: string; region?: string; metrics?: (Metric | [{ expression: string }])[]; alarms?: string[] };
}

async function widgetsOf(given: Record<string, string>): Promise<Widget[]> {
  const { OperatorDashboard } = await stackOf(given);
  const { widgets } = JSON.parse(String(OperatorDashboard?.properties.DashboardBody)) as { widgets: Widget[] };
  return widgets;
}

async function alarmsOf(given: Record<string, string>) {
  const all = Object.entries(await stackOf(given)).filter(([, { type }]) => type === 'AWS::CloudWatch::Alarm');
  return new Map(all.map(([id, { properties }]) => [id, properties]));
}

/** A metric that somebody looks at, with the values of its dimensions. */
interface Watched {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
}

const SEARCH = /^SEARCH\('\{(\w+),([\w,]+)\} MetricName="(\w+)" service="casebell"', '\w+', \d+\)$/;

function inWidget(metric: Metric | [{ expression: string }]): Watched {
  const [first, name, ...rest] = metric;
  if (typeof first === 'object') {
    const [, namespace = '', dimensions = '', found = ''] = SEARCH.exec(first.expression) ?? [];
    const names = dimensions.split(',');
    return { namespace, name: found, dimensions: Object.fromEntries(names.map((one) => [one, 'casebell'])) };
  }
  const pairs = rest.filter((one) => typeof one === 'string');
  const dimensions = pairs.flatMap((one, at) => (at % 2 ? [] : [[one, pairs[at + 1] ?? '']]));
  return { namespace: first, name: String(name), dimensions: Object.fromEntries(dimensions) };
}

interface AlarmMetric {
  Namespace: string;
  MetricName: string;
  Dimensions: { Name: string; Value: string }[];
}

function inAlarm(properties: Record<string, unknown>): Watched[] {
  const parts = (properties.Metrics ?? []) as { MetricStat?: { Metric: AlarmMetric } }[];
  const metrics = properties.MetricName
    ? [properties as unknown as AlarmMetric]
    : parts.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
  return metrics.map(({ Namespace, MetricName, Dimensions }) => ({
    namespace: Namespace,
    name: MetricName,
    dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
  }));
}

/** What AWS's services themselves measure, from the pages on monitoring in their developer guides; and whose it is. */
const OF_AWS: Record<string, { names: string[]; dimension: string; whose: RegExp }> = {
  'AWS/Lambda': { names: ['Errors', 'Throttles'], dimension: 'FunctionName', whose: /^(Notifier|Case\w+)$/ },
  'AWS/SQS': {
    names: ['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage'],
    dimension: 'QueueName',
    whose: /^\w+Queue\.QueueName$/,
  },
  'AWS/ApiGateway': { names: ['5xx'], dimension: 'ApiId', whose: /^CaseApi$/ },
  'AWS/Events': { names: ['TriggeredRules'], dimension: 'RuleName', whose: /^casebell-NotifierSweep$/ },
};

function isOfAws({ namespace, name, dimensions }: Watched): boolean {
  const { names, dimension, whose } = OF_AWS[namespace] ?? { names: [], dimension: '', whose: /$^/ };
  return (
    names.includes(name) && Object.keys(dimensions).join() === dimension && whose.test(dimensions[dimension] ?? '')
  );
}

const nameOf = ({ namespace, name, dimensions }: Watched): string => named(namespace, name, Object.keys(dimensions));
const isOurs = ({ namespace }: Watched): boolean => namespace === 'Casebell';

/** The dashboard has them by platform and code, or by reason; as a whole they are for alarms of one's own. */
const WHOLES = ['EventsFailed', 'MessagesPutOff', 'SummariesLeftOut', 'AnswersRefused', 'AdviceLeftOut'];

describe.each(STACKS)('the dashboard of a stack with %s', (_what, given) => {
  it('looks only at what is really written, in the account’s own words for it', async () => {
    const widgets = await widgetsOf(given);
    const watched = widgets.flatMap(({ properties }) => properties.metrics ?? []).map(inWidget);
    expect(watched.filter(isOurs).filter((one) => !emitted().has(nameOf(one)))).toEqual([]);
    expect(watched.filter(isOurs).filter(({ dimensions }) => dimensions.service !== 'casebell')).toEqual([]);
    expect(watched.filter((one) => !isOurs(one) && !isOfAws(one))).toEqual([]);
  });

  it('says everything in both languages, in rows that are full', async () => {
    const widgets = await widgetsOf(given);
    for (const { properties } of widgets) expect(properties.title).toMatch(/^[A-Z].* \/ .*[\u4e00-\u9fff]/);
    expect(widgets.reduce((sum, { width }) => sum + width, 0) % 24).toBe(0);
  });

  it('shows every alarm of the stack', async () => {
    const shown = (await widgetsOf(given)).flatMap(({ properties }) => properties.alarms ?? []);
    expect(shown.sort()).toEqual([...(await alarmsOf(given)).keys()].map((id) => `${id}.Arn`).sort());
  });

  it('is one of those that AWS gives away: of fifty metrics at most', async () => {
    const metrics = (await widgetsOf(given)).flatMap(({ properties }) => properties.metrics ?? []);
    expect(metrics.length).toBeGreaterThan(10);
    expect(metrics.length).toBeLessThan(50);
  });
});

it('there is no dashboard where none is wanted', async () => {
  expect(await stackOf({ Dashboard: 'false' })).not.toHaveProperty('OperatorDashboard');
});

it.each(['Notifier', 'CaseWorker'])('the %s measures under the name of its stack', async (id) => {
  const { [id]: measuring } = await stackOf(CASE_BOT);
  expect(measuring?.properties).toMatchObject({ Environment: { Variables: { STACK_NAME: 'casebell' } } });
});

it('all that the code measures is on the dashboard, but for the wholes of what is shown in parts', async () => {
  const widgets = await widgetsOf({ ...CASE_BOT, ...MODEL });
  const shown = new Set(
    widgets.flatMap(({ properties }) => properties.metrics ?? []).map((one) => nameOf(inWidget(one))),
  );
  const wholes = WHOLES.map((name) => named('Casebell', name, ['service']));
  expect([...emitted()].filter((one) => !shown.has(one)).sort()).toEqual(wholes.sort());
});

it.each([
  ['notifier', [...EVENTS, 'failed', 'putOff', 'silent', 'spent', 'oldest']],
  ['case-bot', [...ANSWERS, 'refused', 'silent', 'spent', 'took']],
])('what the %s can measure, it measures somewhere', (name, all) => {
  const source = sourceOf(`functions/${name}`);
  const calls = all.filter((one) => !new RegExp(`\\.count\\('${one}'|metrics\\.${one}\\(`).test(source));
  expect(calls).toEqual([]);
});

const sourceOf = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ts$/.test(file) && !/\.(test|fixture)\.ts$|metrics\.ts$/.test(file))
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
    .join('\n');

describe('the alarms', () => {
  it('look only at what is really written', async () => {
    const alarms = await alarmsOf({ ...CASE_BOT, ...MODEL });
    const watched = [...alarms.values()].map(inAlarm);
    expect(watched.filter((metrics) => metrics.length === 0)).toEqual([]);
    expect(watched.flat().filter((one) => !(isOurs(one) ? emitted().has(nameOf(one)) : isOfAws(one)))).toEqual([]);
  });

  it('say in both languages what is wrong and what to do', async () => {
    for (const properties of (await alarmsOf(CASE_BOT)).values())
      expect(properties.AlarmDescription).toMatch(/^.+: .+ \/ [^/]*[\u4e00-\u9fff][^/]*：[^/]+。$/);
  });

  it.each([
    ['nobody', {}, [], undefined],
    ['by e-mail', { AlarmEmail: 'ops@example.com' }, ['AlarmTopic'], undefined],
    ['a topic of one’s own', { AlarmTopicArn: TOPIC }, [TOPIC], [TOPIC]],
    ['both', { AlarmEmail: 'ops@example.com', AlarmTopicArn: TOPIC }, ['AlarmTopic', TOPIC], [TOPIC]],
  ])('tell %s', async (_whom, given, actions, ends) => {
    for (const { AlarmActions, OKActions } of (await alarmsOf({ ...CASE_BOT, ...given })).values())
      expect([AlarmActions, OKActions]).toEqual([actions, ends]);
  });

  it('a dead notifier is noticed by what does not need it', async () => {
    const { SilenceAlarm, QueueAlarm, ThrottleAlarm } = Object.fromEntries(await alarmsOf({}));
    expect(SilenceAlarm).toMatchObject({ TreatMissingData: 'ignore', DatapointsToAlarm: 10 });
    expect([QueueAlarm?.MetricName, ThrottleAlarm?.MetricName]).toEqual(['ApproximateAgeOfOldestMessage', 'Throttles']);
  });
});
