import { type ScriptedModel, scriptedModel, testAssistant } from '../../shared/model.fixture';
import { createTestDeps, type TestDeps } from '../deps.fixture';
import { openDestination, PLATFORM_NAMES, type TestDestination } from '../destination.fixture';
import { cardNamed, entryNamed, many, NOON } from '../entry.fixture';
import { createSummarize } from './summary';

const ANSWER = '共 60 个事件，均为警告级别，涉及账号 111122223333 在 us-east-1 的实例，请关注。';

let deps: TestDeps;
let model: ScriptedModel;
beforeEach(() => {
  deps = createTestDeps('zh-CN');
  model = scriptedModel(ANSWER);
  deps.summarize = createSummarize(testAssistant(model, { ...deps, now: deps.clock.now }), deps.locale);
});

/** More events than any platform accepts one by one. */
const storm = (title: string) =>
  many(60, (index) => {
    const enqueuedAt = NOON + index;
    const time = new Date(enqueuedAt).toISOString();
    return entryNamed(`${index}`, { enqueuedAt, card: cardNamed(`${title} ${index}`) }, { time });
  });
const isDigest = (title: string) => title.includes('个事件 ·');
const cards = ({ chat }: TestDestination) => chat.messages.map(({ card }) => card);

it.each(PLATFORM_NAMES)('a digest on %s shows a summary, and counts all events', async (platform) => {
  const destination = openDestination(platform, deps);
  await destination.put(...storm('实例所在的宿主机已降级，请尽快处理'));
  await destination.drain();
  expect(destination.eventCount()).toBe(60);
  const summarized = cards(destination).filter(({ summary }) => summary);
  expect(summarized.length).toBeGreaterThan(0);
  for (const { title, summary } of summarized)
    expect([isDigest(title), summary]).toEqual([true, { label: 'AI 摘要', value: ANSWER }]);
});

it('a digest is sent without a summary when the model invents an id', async () => {
  const destination = openDestination('wecom', deps);
  await destination.put(...storm('event'));
  model.answers(`${ANSWER}包括 i-0badc0ffee0badc0f。`);
  await destination.drain();
  expect(destination.titles().filter(isDigest).length).toBeGreaterThan(0);
  expect(cards(destination).filter(({ summary }) => summary)).toEqual([]);
});

it('a digest is sent in time while the model hangs', async () => {
  model.hangs();
  const destination = openDestination('wecom', deps);
  await destination.put(...storm('event'));
  await destination.deliver({ deadline: deps.clock.time + 20_600 });
  expect(destination.eventCount()).toBeGreaterThan(0);
  expect(deps.metrics.dimensions.SummariesDropped?.[0]?.reason).toBe('timeout');
});

it('a single event is not summarized when it is sent: it was when it was received', async () => {
  const destination = openDestination('wecom', deps);
  await destination.put(entryNamed('alone'));
  await destination.deliver();
  expect([destination.eventCount(), model.asked]).toEqual([1, []]);
});
