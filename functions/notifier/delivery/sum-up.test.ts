import type { PlatformName } from '../../../local/chat/platforms';
import { cardNamed, entryNamed, many, NOON } from '../entry.fixture';
import { summarizeIn } from '../model.fixture';
import { createTestDeps, type TestDeps } from '../office.fixture';
import { type EmulatedTables, emulateTables } from '../outbox/dynamodb.fixture';
import { closeRooms, openTeam, type Team } from '../room.fixture';

const PLATFORMS: readonly PlatformName[] = ['dingtalk', 'feishu', 'wecom', 'slack', 'teams'];
const SUM = '共 60 个事件，均为警告级别，涉及账号 111122223333 在 us-east-1 的实例，请关注。';

let tables: EmulatedTables;
let office: TestDeps;
beforeAll(async () => {
  tables = await emulateTables();
});
afterAll(() => tables.close());
beforeEach(() => {
  office = createTestDeps(tables.open, 'zh-CN');
  office.summarize = summarizeIn(office, tables);
  tables.aws.bedrock.replyWith(SUM);
});
afterEach(closeRooms);

const asked = () => tables.aws.bedrock.requests.length;
let storms = 0;
/** More than any platform may be sent one by one, of a storm of its own. */
function storm(titles = 'event') {
  storms += 1;
  return many(60, (index) => {
    const enqueuedAt = NOON + index;
    const time = new Date(enqueuedAt).toISOString();
    return entryNamed(`${titles} ${storms}-${index}`, { enqueuedAt, card: cardNamed(`${titles} ${index}`) }, { time });
  });
}
const shown = ({ room }: Team) => room.messages.map(({ view }) => [view.title, ...view.lines].join('\n'));

it.each(PLATFORMS)(
  'says on %s what a digest comes to, once, in one message that counts all of it',
  async (platform) => {
    const team = await openTeam(platform, office);
    await team.put(...storm('实例所在的宿主机已降级，请尽快处理'));
    await team.settle();
    const digests = shown(team).filter((words) => words.includes('个事件 ·'));
    expect(digests.length).toBeGreaterThan(0);
    expect(team.told()).toBe(60);
    const summed = shown(team).filter((words) => words.includes('AI 摘要'));
    expect(summed.length).toBeGreaterThan(0);
    for (const words of summed) expect(words).toMatch(/个事件 ·/);
  },
);

it.each(['throttle', 'hallucinated-id', 'empty'] as const)(
  'sends a digest as it is when the model answers with %s',
  async (manner) => {
    const entries = storm();
    const team = await openTeam('wecom', office);
    await team.put(...entries);
    tables.aws.bedrock.behave(manner);
    await team.settle();
    const plain = createTestDeps(tables.open, 'zh-CN');
    const other = await openTeam('wecom', plain);
    await other.put(...entries);
    await other.settle();
    expect(shown(team)).toEqual(shown(other));
  },
);

it('does not keep a delivery from ending in time while the model hangs', async () => {
  tables.aws.bedrock.behave('hang');
  const team = await openTeam('wecom', office);
  await team.put(...storm());
  const began = performance.now();
  await team.deliver({ deadline: office.clock.time + 20_600 });
  expect(performance.now() - began).toBeLessThan(3_000);
  expect(team.told()).toBeGreaterThan(0);
  expect(office.metrics.dimensions.SummariesDropped?.[0]?.reason).toBe('timeout');
});

it('asks once for all teams that are told the same', async () => {
  office.clock.sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms / 6));
  const teams = await Promise.all([openTeam('dingtalk', office), openTeam('dingtalk', office)]);
  const entries = storm();
  await Promise.all(teams.map((team) => team.put(...entries)));
  const before = asked();
  await Promise.all(teams.map((team) => team.deliver({ canSleep: false })));
  expect(asked()).toBe(before + 1);
  for (const team of teams) expect(shown(team).join('\n')).toContain(SUM.slice(0, 8));
});

it('asks nobody about a single event, which had its chance when it came in', async () => {
  const before = asked();
  const team = await openTeam('wecom', office);
  await team.put(entryNamed('alone'));
  await team.deliver();
  expect([team.told(), asked()]).toEqual([1, before]);
});
