import { metricKey, metricsInCode } from './metrics.fixture';
import { stackOf } from './sar/stack.fixture';
import { inAlarm, inWidget, isOfAws, isOurs, nameOf, type Widget } from './watched-metrics.fixture';

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:on-call';
const CASE_BOT = { SlackSigningSecret: 'a', SlackBotToken: 'xoxb-1' };
const MODEL = { EnableLLM: 'true' };
const STACKS: [string, Record<string, string>][] = [
  ['the notifier alone', {}],
  ['a case bot', CASE_BOT],
  ['a model', MODEL],
  ['both', { ...CASE_BOT, ...MODEL }],
];

async function widgetsOf(given: Record<string, string>): Promise<Widget[]> {
  const { OperatorDashboard } = await stackOf(given);
  const { widgets } = JSON.parse(String(OperatorDashboard?.properties.DashboardBody)) as { widgets: Widget[] };
  return widgets;
}

async function alarmsOf(given: Record<string, string>) {
  const all = Object.entries(await stackOf(given)).filter(([, { type }]) => type === 'AWS::CloudWatch::Alarm');
  return new Map(all.map(([id, { properties }]) => [id, properties]));
}

/** The dashboard has them by platform and code, or by reason; as a whole they are for alarms of one's own. */
const WHOLES = ['EventsRejected', 'MessagesDeferred', 'SummariesDropped', 'CommandsRejected', 'ModelAnswersDropped'];

describe.each(STACKS)('the dashboard of a stack with %s', (_what, given) => {
  it('shows only metrics that the code records, with the stack’s dimension', async () => {
    const widgets = await widgetsOf(given);
    const watched = widgets.flatMap(({ properties }) => properties.metrics ?? []).map(inWidget);
    expect(watched.filter(isOurs).filter((one) => !metricsInCode().has(nameOf(one)))).toEqual([]);
    expect(watched.filter(isOurs).filter(({ dimensions }) => dimensions.service !== 'casebell')).toEqual([]);
    expect(watched.filter((one) => !isOurs(one) && !isOfAws(one))).toEqual([]);
  });

  it('has titles in both languages, in full rows', async () => {
    const widgets = await widgetsOf(given);
    for (const { properties } of widgets) expect(properties.title).toMatch(/^[A-Z].* \/ .*[\u4e00-\u9fff]/);
    expect(widgets.reduce((sum, { width }) => sum + width, 0) % 24).toBe(0);
  });

  it('shows every alarm of the stack', async () => {
    const shown = (await widgetsOf(given)).flatMap(({ properties }) => properties.alarms ?? []);
    expect(shown.sort()).toEqual([...(await alarmsOf(given)).keys()].map((id) => `${id}.Arn`).sort());
  });

  it('has at most fifty metrics, as AWS’s free dashboards', async () => {
    const metrics = (await widgetsOf(given)).flatMap(({ properties }) => properties.metrics ?? []);
    expect(metrics.length).toBeGreaterThan(10);
    expect(metrics.length).toBeLessThan(50);
  });
});

it('the dashboard can be disabled', async () => {
  expect(await stackOf({ Dashboard: 'false' })).not.toHaveProperty('OperatorDashboard');
});

it.each(['Notifier', 'CaseWorker'])('the %s records metrics with the name of its stack', async (id) => {
  const { [id]: measuring } = await stackOf(CASE_BOT);
  expect(measuring?.properties).toMatchObject({ Environment: { Variables: { STACK_NAME: 'casebell' } } });
});

it('the dashboard shows every metric of the code, except totals of metrics that it shows by dimension', async () => {
  const widgets = await widgetsOf({ ...CASE_BOT, ...MODEL });
  const shown = new Set(
    widgets.flatMap(({ properties }) => properties.metrics ?? []).map((one) => nameOf(inWidget(one))),
  );
  const wholes = WHOLES.map((name) => metricKey('Casebell', name, ['service']));
  expect([...metricsInCode()].filter((one) => !shown.has(one)).sort()).toEqual(wholes.sort());
});

describe('the alarms', () => {
  it('watch only metrics that the code or AWS records', async () => {
    const alarms = await alarmsOf({ ...CASE_BOT, ...MODEL });
    const watched = [...alarms.values()].map(inAlarm);
    expect(watched.filter((metrics) => metrics.length === 0)).toEqual([]);
    expect(watched.flat().filter((one) => !(isOurs(one) ? metricsInCode().has(nameOf(one)) : isOfAws(one)))).toEqual(
      [],
    );
  });

  it('describe in both languages what is wrong and what to do', async () => {
    for (const properties of (await alarmsOf(CASE_BOT)).values())
      expect(properties.AlarmDescription).toMatch(/^.+: .+ \/ [^/]*[\u4e00-\u9fff][^/]*：[^/]+。$/);
  });

  it.each([
    ['no channel', {}, [], undefined],
    ['by e-mail', { AlarmEmail: 'ops@example.com' }, ['AlarmTopic'], undefined],
    ['the user’s topic', { AlarmTopicArn: TOPIC }, [TOPIC], [TOPIC]],
    ['both', { AlarmEmail: 'ops@example.com', AlarmTopicArn: TOPIC }, ['AlarmTopic', TOPIC], [TOPIC]],
  ])('notify %s', async (_channel, given, actions, ends) => {
    for (const { AlarmActions, OKActions } of (await alarmsOf({ ...CASE_BOT, ...given })).values())
      expect([AlarmActions, OKActions]).toEqual([actions, ends]);
  });

  it('a notifier that does not run is noticed by alarms that do not need it', async () => {
    const { HeartbeatAlarm, EventQueueAlarm, NotifierThrottleAlarm } = Object.fromEntries(await alarmsOf({}));
    expect(HeartbeatAlarm).toMatchObject({ TreatMissingData: 'ignore', DatapointsToAlarm: 10 });
    expect([EventQueueAlarm?.MetricName, NotifierThrottleAlarm?.MetricName]).toEqual([
      'ApproximateAgeOfOldestMessage',
      'Throttles',
    ]);
  });
});
