import { setTimeout as sleep } from 'node:timers/promises';
import type { Room } from '../local/chat/rooms';
import { createClock } from '../local/clock';
import { type CaseWorld, openCaseWorld } from './case-bot/world.fixture';
import { metricsInCode, metricsOf } from './metrics.fixture';

let runtime: CaseWorld;
afterEach(() => runtime.close());

const room = (platform: Room['platform']): Room => runtime.chats.rooms.find((one) => one.platform === platform) as Room;

/** Of a function, out of what it has written until now: with the values of its dimensions. */
function writtenBy(source: string): Map<string, Record<string, unknown>> {
  const lines = runtime.lines.flatMap((line) => (line.startsWith(`${source} {`) ? line.slice(source.length + 1) : []));
  const metric = lines.filter((line) => line.includes('"CloudWatchMetrics"'));
  return new Map(metric.flatMap((line) => metricsOf(line).map((name) => [name, JSON.parse(line)] as const)));
}

/** Lines of a function reach us a little after it has ended. */
async function once(holds: () => boolean): Promise<void> {
  for (let waits = 0; waits < 500 && !holds(); waits += 1) await sleep(20);
}

it('what the dashboard and the alarms look at is written by the functions as they run, under the name of their stack', async () => {
  // In real time: a busy machine is nearer to its platforms' deadlines otherwise.
  runtime = await openCaseWorld({ clock: createClock() });
  room('wecom').fault = { kind: 'answer', status: 200, body: { errcode: 93008 }, times: 1 };
  room('slack').fault = { kind: 'answer', status: 500, body: 'rollup_error', times: 1 };
  await runtime.send(
    JSON.stringify({ source: 'casebell', id: 'a', 'detail-type': 'card', detail: { title: 'a', text: 'x' } }),
  );
  await runtime.stack.idle(20_000);
  await runtime.stack.functions.Notifier?.({ casebell: 'sweep' });
  await runtime.person('feishu').say('帮助');
  await runtime.person('feishu').say('关闭白名单');
  const wanted = {
    Notifier: [
      'Casebell EventsReceived by service',
      'Casebell EventsDelivered by service',
      'Casebell EventsRejected by code, platform, service',
      'Casebell MessagesDeferred by code, platform, service',
      'Casebell OldestPendingEventAge by service',
    ],
    CaseWorker: [
      'Casebell CommandsSucceeded by service',
      'Casebell CommandsRejected by reason, service',
      'Casebell CommandLatency by service',
    ],
  };
  for (const [source, names] of Object.entries(wanted)) {
    await once(() => names.every((name) => writtenBy(source).has(name)));
    const written = writtenBy(source);
    expect([...written.keys()]).toEqual(expect.arrayContaining(names));
    expect([...written.keys()].filter((name) => !metricsInCode().has(name))).toEqual([]);
    expect([...written.values()].filter(({ service }) => service !== 'casebell')).toEqual([]);
  }
  const failed = writtenBy('Notifier').get('Casebell EventsRejected by code, platform, service');
  expect(failed).toMatchObject({ platform: 'wecom', code: '93008' });
}, 60_000);
