import type { Room } from '../../local/chat/rooms';
import { metricsInCode, metricsOf } from '../gates/metrics.fixture';
import { countsOf, eventFile, type NotifierWorld, textOf } from './notifier-world.fixture';

const ONCE_EACH = [1, 1, 1, 1, 1];

/** Events from AWS to the chats. */
export function describeEvents(world: () => NotifierWorld): void {
  const send = (content: string) => world().during(() => world().send(content));
  const room = (platform: Room['platform']) => world().rooms.find((each) => each.platform === platform) as Room;

  it('an event reaches every chat', async () => {
    const shown = await send(eventFile('ec2-stopped'));
    expect(countsOf(shown)).toEqual(ONCE_EACH);
    for (const [message] of shown.values()) expect(message?.view.title).toContain('EC2 实例已停止');
  });

  it('a hostile description mentions no user and is shown letter by letter', async () => {
    const shown = await send(eventFile('hostile-description'));
    for (const messages of shown.values()) {
      expect(messages.flatMap(({ view }) => view.mentions)).toEqual([]);
      for (const text of ['<!channel>', '<at id=all></at>']) expect(textOf(messages)).toContain(text);
    }
  });

  it('a long description continues in more messages, in order', async () => {
    const wecom = (await send(eventFile('health-long-description'))).get('wecom') ?? [];
    expect(wecom.length).toBeGreaterThan(5);
    expect(wecom.map(({ view }) => /\((\d+)\/\d+\)/.exec(view.title)?.[1])).toEqual(
      wecom.map((_, index) => `${index + 1}`),
    );
  });

  it.each([
    ['plain text', '磁盘快满了', '磁盘快满了'],
    ['a ready-made card', '{"title":"Deployed","severity":"resolved"}', 'Deployed'],
    ['broken JSON', '{"source":"aws', '{"source":"aws'],
    [
      'an event of a formatter in the user’s layer',
      JSON.stringify({ source: 'acme.shop', 'detail-type': 'x', detail: { state: 'paid' } }),
      '订单 paid',
    ],
  ])('%s becomes a card', async (_, content, title) => {
    for (const [message] of (await send(content)).values()) expect(message?.view.title).toContain(title);
  });

  it('a failing chat is retried, the others are notified at once, and each chat shows the event once', async () => {
    const slack = room('slack');
    slack.fault = { times: 2, kind: 'answer', status: 500, body: 'rollup_error' };
    const shown = await send(JSON.stringify({ ...JSON.parse(eventFile('ec2-running')), id: 'retried' }));
    expect(countsOf(shown)).toEqual(ONCE_EACH);
    expect(slack.rejections.splice(0)).toHaveLength(2);
  });

  it('an event is shown once, however often and by whatever path it arrives', async () => {
    expect(countsOf(await send(eventFile('alarm-metric')))).toEqual(ONCE_EACH);
    const again = await world().duringSilence(async () => {
      await world().send(eventFile('alarm-metric'));
      await world().stack.functions.Notifier?.(JSON.parse(eventFile('alarm-metric')));
    });
    expect(countsOf(again)).toEqual([0, 0, 0, 0, 0]);
  });

  it('the end of an alarm names the time of its first message', async () => {
    for (const messages of (await send(eventFile('alarm-ok'))).values())
      expect(textOf(messages)).toMatch(/后续.*首次通知/s);
  });

  it('a message that a chat rejects for good is a dead letter, and its metrics name platform and code', async () => {
    room('wecom').fault = { kind: 'answer', status: 200, body: { errcode: 93008 }, times: 1 };
    const content = { source: 'casebell', id: 'rejected', 'detail-type': 'card', detail: { title: 'a', text: 'x' } };
    await world().duringSilence(() => world().send(JSON.stringify(content)));
    await world().stack.functions.Notifier?.({ casebell: 'sweep' });
    expect(await world().messagesIn(world().stack.outputs.DeadLetterQueueUrl)).toHaveLength(1);
    const rejected = metricLines(world(), 'Casebell EventsRejected by code, platform, service');
    expect(rejected.at(-1)).toMatchObject({ platform: 'wecom', code: '93008', service: 'casebell' });
    room('wecom').rejections.splice(0);
  });

  it('the notifier writes exactly metrics that its code names, for its stack', () => {
    const lines = world().lines.filter((line) => line.startsWith('Notifier {') && line.includes('"CloudWatchMetrics"'));
    const keys = new Set(lines.flatMap((line) => metricsOf(line.slice('Notifier '.length))));
    expect([...keys].filter((key) => !metricsInCode().has(key))).toEqual([]);
    expect([...keys]).toEqual(
      expect.arrayContaining([
        'Casebell EventsReceived by service',
        'Casebell EventsDelivered by service',
        'Casebell MessagesDeferred by code, platform, service',
        'Casebell OldestPendingEventAge by service',
      ]),
    );
  });

  it('no log line holds a webhook URL, a token or a secret', () => {
    const secrets = world().rooms.flatMap(({ url, secret }) => [url, new URL(url).search.slice(-16), secret ?? url]);
    const log = world().lines.join('\n');
    for (const secret of secrets.filter((text) => text.length > 8)) expect(log).not.toContain(secret);
  });
}

/** The lines of the notifier's log that hold a metric, parsed. */
const metricLines = ({ lines }: NotifierWorld, key: string): object[] =>
  lines
    .filter((line) => line.startsWith('Notifier {') && line.includes('"CloudWatchMetrics"'))
    .map((line) => line.slice('Notifier '.length))
    .filter((line) => metricsOf(line).includes(key))
    .map((line) => JSON.parse(line));
