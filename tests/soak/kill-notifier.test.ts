import { setTimeout as sleep } from 'node:timers/promises';
import { accountedFor, type FaultWorld, numbered, openFaultWorld } from './fault-world.fixture';

/** A function's seven seconds, and a platform's eight, are two real seconds: enough on a busy machine. */
const SLOW_CLOCK_RATE = 4;

let runtime: FaultWorld;
afterEach(() => runtime.close());

/** How many events each room shows more than there were. */
const surplus = (count: number): Record<string, number> =>
  Object.fromEntries(runtime.chats.rooms.map((room) => [room.platform, accountedFor(room) - count]));

it('kill -9 at random points under load loses no event, and DingTalk, which has idempotency keys, shows nothing twice', async () => {
  const [COUNT, KILLS] = [300, 12];
  runtime = await openFaultWorld();
  const load = runtime.storm(COUNT);
  for (let kills = 0; kills < KILLS; kills += 1) {
    await sleep(100 + Math.random() * 500);
    await runtime.stack.crash('Notifier');
  }
  await load;
  await runtime.settled(100);
  const shown = surplus(COUNT);
  expect(shown.dingtalk).toBe(0);
  for (const count of Object.values(shown)) expect(count).toBeGreaterThanOrEqual(0);
  process.stdout.write(`kill -9, ${KILLS} times under ${COUNT} events: shown twice ${JSON.stringify(shown)}\n`);
}, 600_000);

it('a message is shown twice only after a crash between send and mark, on a platform without idempotency keys', async () => {
  const COUNT = 20;
  runtime = await openFaultWorld();
  const killed: Record<string, number> = {};
  runtime.chats.onMessage(({ platform }) => {
    if (killed[platform]) return;
    killed[platform] = 1;
    void runtime.stack.crash('Notifier');
  });
  await runtime.storm(COUNT);
  await runtime.settled(100);
  const shown = surplus(COUNT);
  expect(shown.dingtalk).toBe(0);
  for (const count of Object.values(shown)) expect(count).toBeGreaterThanOrEqual(0);
  expect(Object.values(shown).some((count) => count > 0)).toBe(true);
  process.stdout.write(`killed right after each chat's first message: shown twice ${JSON.stringify(shown)}\n`);
}, 600_000);

it('an invocation that times out while a platform does not answer loses no event', async () => {
  runtime = await openFaultWorld({}, { Notifier: { Timeout: 7 } }, SLOW_CLOCK_RATE);
  runtime.room('feishu').fault = { kind: 'hang', times: 2 };
  await runtime.storm(10);
  await runtime.settled(100);
  expect(surplus(10)).toEqual({ dingtalk: 0, feishu: 0, wecom: 0, slack: 0, teams: 0 });
}, 600_000);

it('concurrent notifiers deliver every event once to each destination, within its rate limits', async () => {
  runtime = await openFaultWorld({}, {}, SLOW_CLOCK_RATE);
  const invocations = Array.from({ length: 8 }, (_, index) => runtime.stack.functions.Notifier?.(numbered(index % 4)));
  await Promise.all(invocations);
  await runtime.settled();
  expect(surplus(4)).toEqual({ dingtalk: 0, feishu: 0, wecom: 0, slack: 0, teams: 0 });
  expect(runtime.chats.rooms.flatMap(({ rejections }) => rejections)).toEqual([]);
}, 600_000);
