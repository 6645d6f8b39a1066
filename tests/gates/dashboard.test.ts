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
  it('looks only at what is really written, in the account’s own words for it', async () => {
    const widgets = await widgetsOf(given);
    const watched = widgets.flatMap(({ properties }) => properties.metrics ?? []).map(inWidget);
    expect(watched.filter(isOurs).filter((one) => !metricsInCode().has(nameOf(one)))).toEqual([]);
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
  const wholes = WHOLES.map((name) => metricKey('Casebell', name, ['service']));
  expect([...metricsInCode()].filter((one) => !shown.has(one)).sort()).toEqual(wholes.sort());
});

describe('the alarms', () => {
  it('look only at what is really written', async () => {
    const alarms = await alarmsOf({ ...CASE_BOT, ...MODEL });
    const watched = [...alarms.values()].map(inAlarm);
    expect(watched.filter((metrics) => metrics.length === 0)).toEqual([]);
    expect(watched.flat().filter((one) => !(isOurs(one) ? metricsInCode().has(nameOf(one)) : isOfAws(one)))).toEqual(
      [],
    );
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
    const { HeartbeatAlarm, EventQueueAlarm, NotifierThrottleAlarm } = Object.fromEntries(await alarmsOf({}));
    expect(HeartbeatAlarm).toMatchObject({ TreatMissingData: 'ignore', DatapointsToAlarm: 10 });
    expect([EventQueueAlarm?.MetricName, NotifierThrottleAlarm?.MetricName]).toEqual([
      'ApproximateAgeOfOldestMessage',
      'Throttles',
    ]);
  });
});
