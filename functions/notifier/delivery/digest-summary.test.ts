import { readFileSync } from 'node:fs';
import { type ScriptedModel, scriptedModel, testAssistant } from '../../shared/model.fixture';
import { createTestDeps, DELIVERY_QUEUE, notifierDeps, sqsBatch, type TestDeps } from '../deps.fixture';
import { openDestination, PLATFORM_NAMES } from '../destination.fixture';
import { cardNamed, entryNamed, many, NOON } from '../entry.fixture';
import { dispatchInvocation } from '../ingest/receive';
import { createSummarize } from './summary';

const SUMMARY = '共 60 个事件，均为警告级别，涉及账号 111122223333 在 us-east-1 的实例，请关注。';

let deps: TestDeps;
let model: ScriptedModel;
beforeEach(() => {
  deps = createTestDeps('zh-CN');
  model = scriptedModel(SUMMARY);
  deps.summarize = createSummarize(testAssistant(model, { ...deps, now: deps.clock.now }), deps.locale);
});

/** More events than any platform accepts one by one. */
const storm = () =>
  many(60, (index) => {
    const enqueuedAt = NOON + index;
    const card = cardNamed(`实例所在的宿主机已降级，请尽快处理 ${index}`);
    return entryNamed(`event ${index}`, { enqueuedAt, card }, { time: new Date(enqueuedAt).toISOString() });
  });

async function delivered(platform = 'wecom', deadlineMs?: number) {
  const destination = openDestination(platform, deps);
  await destination.put(...storm());
  if (deadlineMs) await destination.deliver({ deadline: deps.clock.time + deadlineMs });
  else await destination.drain();
  return destination;
}

describe('a digest', () => {
  it.each(PLATFORM_NAMES)('has a summary on %s, and counts all events', async (platform) => {
    const destination = await delivered(platform);
    const summaries = destination.chat.messages.flatMap(({ card }) => card.summary ?? []);
    expect(summaries).toContainEqual({ label: 'AI 摘要', value: SUMMARY });
    expect(destination.eventCount()).toBe(60);
  });

  it('is delivered in time and without a summary while the model hangs', async () => {
    model.hangs();
    const destination = await delivered('wecom', 20_050);
    expect(destination.chat.messages.length).toBeGreaterThan(0);
    expect(destination.chat.messages.filter(({ card }) => card.summary)).toEqual([]);
    expect(deps.metrics.dimensions.SummariesDropped?.[0]).toEqual({ reason: 'timeout' });
  });

  it('is all that the delivery asks about: a single event was summarized when it came in', async () => {
    const destination = openDestination('wecom', deps);
    await destination.put(entryNamed('alone'));
    await destination.deliver();
    expect([destination.eventCount(), model.asked]).toEqual([1, []]);
  });
});

describe('an invocation', () => {
  it.each([
    [60_000, 8_000],
    [4_000, 1_000],
  ])('of %d ms lets all its events together wait %d ms for a model', async (remainingMs, windowMs) => {
    const limits: number[] = [];
    const summarize = async (_request: object, until: number) => void limits.push(until - NOON);
    const event = readFileSync('events/health-issue-open.json', 'utf8');
    const notifier = notifierDeps({ ...deps, summarize }, () => []);
    const deliveryQueue = DELIVERY_QUEUE.split(':').at(-1) ?? '';
    await dispatchInvocation(sqsBatch([event, event]), notifier, { remainingMs, deliveryQueue });
    expect(limits).toEqual([windowMs, windowMs]);
  });
});
