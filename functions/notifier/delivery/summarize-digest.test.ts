import type { PlatformName } from '../../../local/chat/chats';
import { type ScriptedModel, scriptedModel, testAssistant } from '../../shared/model.fixture';
import { cardNamed, entryNamed, many, NOON } from '../entry.fixture';
import { createTestDeps, type TestDeps } from '../office.fixture';
import { type EmulatedTables, emulateTables } from '../outbox/dynamodb.fixture';
import { closeRooms, openTeam, type Team } from '../room.fixture';
import { createSummarize } from './summary';

const PLATFORMS: readonly PlatformName[] = ['dingtalk', 'feishu', 'wecom', 'slack', 'teams'];
const SUM = '共 60 个事件，均为警告级别，涉及账号 111122223333 在 us-east-1 的实例，请关注。';

let tables: EmulatedTables;
let office: TestDeps;
let model: ScriptedModel;
beforeAll(async () => {
  tables = await emulateTables();
});
afterAll(() => tables.close());
beforeEach(() => {
  office = createTestDeps(tables.open, 'zh-CN');
  model = scriptedModel(SUM);
  office.summarize = createSummarize(testAssistant(model, { ...office, now: office.clock.now }), office.locale);
});
afterEach(closeRooms);

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

it.each(PLATFORMS)('shows a summary above a digest on %s, which counts all events', async (platform) => {
  const team = await openTeam(platform, office);
  await team.put(...storm('实例所在的宿主机已降级，请尽快处理'));
  await team.settle();
  const digests = shown(team).filter((words) => words.includes('个事件 ·'));
  expect(digests.length).toBeGreaterThan(0);
  expect(team.told()).toBe(60);
  const summed = shown(team).filter((words) => words.includes('AI 摘要'));
  expect(summed.length).toBeGreaterThan(0);
  for (const words of summed) expect(words).toMatch(/个事件 ·/);
});

it('sends a digest without a summary when the model invents an id', async () => {
  const entries = storm();
  const team = await openTeam('wecom', office);
  await team.put(...entries);
  model.answers(`${SUM}包括 i-0badc0ffee0badc0f。`);
  await team.settle();
  const plain = createTestDeps(tables.open, 'zh-CN');
  const other = await openTeam('wecom', plain);
  await other.put(...entries);
  await other.settle();
  expect(shown(team)).toEqual(shown(other));
});

it('delivers in time while the model hangs', async () => {
  model.hangs();
  const team = await openTeam('wecom', office);
  await team.put(...storm());
  await team.deliver({ deadline: office.clock.time + 20_600 });
  expect(team.told()).toBeGreaterThan(0);
  expect(office.metrics.dimensions.SummariesDropped?.[0]?.reason).toBe('timeout');
});

it('does not ask the model about a single event, which was summarized when it came in', async () => {
  const team = await openTeam('wecom', office);
  await team.put(entryNamed('alone'));
  await team.deliver();
  expect([team.told(), model.asked]).toEqual([1, []]);
});
