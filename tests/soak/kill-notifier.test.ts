import { setTimeout as sleep } from 'node:timers/promises';
import { accountedFor, type FaultWorld, numbered, openFaultWorld } from './fault-world.fixture';

let runtime: FaultWorld;
afterEach(() => runtime.close());

/** What a room shows beyond the events there were. */
const surplus = (count: number): Record<string, number> =>
  Object.fromEntries(runtime.chats.rooms.map((room) => [room.platform, accountedFor(room) - count]));

it('loses nothing to kill -9 at random points under load, and DingTalk, which knows a key, shows nothing twice', async () => {
  const [COUNT, KILLS] = [300, 12];
  runtime = await openFaultWorld();
  const load = runtime.storm(COUNT);
  for (let kills = 0; kills < KILLS; kills += 1) {
    await sleep(100 + Math.random() * 500);
    await runtime.stack.crash('Notifier');
  }
  await load;
  await runtime.settled(100);
  const told = surplus(COUNT);
  expect(told.dingtalk).toBe(0);
  for (const count of Object.values(told)) expect(count).toBeGreaterThanOrEqual(0);
  process.stdout.write(`kill -9, ${KILLS} times under ${COUNT} events: told twice ${JSON.stringify(told)}\n`);
}, 120_000);

it('shows a message once more only where it died between send and mark, and the platform knows no key', async () => {
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
  const told = surplus(COUNT);
  expect(told.dingtalk).toBe(0);
  for (const count of Object.values(told)) expect(count).toBeGreaterThanOrEqual(0);
  expect(Object.values(told).some((count) => count > 0)).toBe(true);
  process.stdout.write(`killed right after each chat's first message: told twice ${JSON.stringify(told)}\n`);
}, 120_000);

it('loses nothing when Lambda ends the invocation while a platform is silent', async () => {
  runtime = await openFaultWorld({}, { Notifier: { Timeout: 7 } });
  runtime.room('feishu').fault = { kind: 'hang', times: 2 };
  await runtime.storm(10);
  await runtime.settled(100);
  expect(surplus(10)).toEqual({ dingtalk: 0, feishu: 0, wecom: 0, slack: 0, teams: 0 });
}, 120_000);

it('has many handlers at once tell each destination everything once, within its limits', async () => {
  runtime = await openFaultWorld();
  const invocations = Array.from({ length: 8 }, (_, index) => runtime.stack.functions.Notifier?.(numbered(index % 4)));
  await Promise.all(invocations);
  await runtime.settled();
  expect(surplus(4)).toEqual({ dingtalk: 0, feishu: 0, wecom: 0, slack: 0, teams: 0 });
  expect(runtime.chats.rooms.flatMap(({ rejections }) => rejections)).toEqual([]);
}, 120_000);
