import type { Rejection } from '@casebell/im/webhooks';
import { createTestDeps, type TestDeps } from '../deps.fixture';
import { openDestination, type TestDestination } from '../destination.fixture';
import { cardNamed, entryNamed, many, NOON } from '../entry.fixture';

const SECOND = 1_000;
const GONE: Rejection = { reason: 'no robot with this access_token', code: '300005', retryable: false };
const BAD_PAYLOAD: Rejection = { reason: 'sensitive words', code: '430102', retryable: false, payloadRejected: true };
const DOWN: Rejection = { reason: 'HTTP 503', code: 'HTTP 503', retryable: true, outcomeUnknown: 'unclear' };

let deps: TestDeps;
beforeEach(() => {
  deps = createTestDeps();
});

const open = (platform: string, answer?: Rejection | 'lost', times = Infinity): TestDestination => {
  const destination = openDestination(platform, deps);
  if (answer) destination.chat.fault = { answer, times };
  return destination;
};
const pendingIds = async ({ id }: TestDestination) => (await deps.outbox.pending(id)).map(({ event }) => event.id);
const deadLetterIds = () => deps.queues.deadLetters.map(({ entry }) => entry.event.id);
/** Seconds between the requests. */
const gaps = ({ chat: { requests } }: TestDestination) =>
  requests.slice(1).map(({ at }, index) => Math.round((at - (requests[index]?.at ?? 0)) / SECOND));

describe('a permanent rejection', () => {
  it('sends the event to the dead-letter queue with the reason, at the first attempt', async () => {
    const destination = open('dingtalk', GONE);
    const entry = entryNamed('i-0abc stopped');
    await destination.put(entry);
    await destination.drain();
    const deadLetter = { destination: destination.id, platform: 'dingtalk', reason: `dingtalk: ${GONE.reason}`, entry };
    expect(deps.queues.deadLetters).toEqual([deadLetter]);
    expect(destination.chat.requests).toHaveLength(1);
    expect(deps.metrics.counts.EventsRejected).toBe(1);
    expect(deps.metrics.dimensions.EventsRejected).toEqual([{ platform: 'dingtalk', code: '300005' }]);
    expect(deps.log.lines).toContainEqual(expect.objectContaining({ level: 'error', event: 'delivery.rejected' }));
  });

  it('sends every event of a digest to the dead-letter queue, and the next message is delivered', async () => {
    const destination = open('dingtalk', GONE, 1);
    await destination.put(...many(30, (index) => entryNamed(`${index}`)));
    await destination.deliver();
    expect(new Set(deadLetterIds()).size).toBe(30);
    await destination.put(entryNamed('afterwards'));
    await destination.drain();
    expect([destination.eventCount(), deadLetterIds().length]).toEqual([1, 30]);
    expect(deps.metrics.counts.EventsRejected).toBe(30);
  });
});

describe('a rejected payload', () => {
  it('is retried once as plain text', async () => {
    const destination = open('slack', BAD_PAYLOAD, 1);
    await destination.put(entryNamed('i-0abc stopped'));
    await destination.drain();
    expect(destination.chat.messages.map(({ form, card }) => [form, card.title])).toEqual([
      ['plain', 'i-0abc stopped'],
    ]);
    expect([destination.chat.requests.length, deadLetterIds()]).toEqual([2, []]);
    expect(deps.log.lines.map(({ event }) => event)).toContain('delivery.fallback_plain_text');
  });

  it('becomes a dead letter where the plain text is rejected, too', async () => {
    const destination = open('dingtalk', BAD_PAYLOAD);
    await destination.put(entryNamed('bad words'));
    await destination.drain();
    expect([destination.chat.requests.length, deadLetterIds()]).toEqual([2, ['bad words']]);
  });

  it('of a digest is retried with nothing but its counts', async () => {
    const destination = open('dingtalk', BAD_PAYLOAD, 1);
    const bad = (index: number) => cardNamed(`bad words ${index}`, { quote: 'bad words' });
    await destination.put(...many(30, (index) => entryNamed(`${index}`, { card: bad(index) })));
    await destination.drain();
    const payload = JSON.stringify(destination.chat.messages.map((message) => message.payload));
    expect(payload).toMatch(/30 events.*30 × ec2-state/);
    expect(payload).not.toContain('bad words');
  });
});

describe('a rejection that may pass', () => {
  it.each<[string, Rejection]>([
    ['dingtalk', { reason: 'busy', code: '-1', retryable: true }],
    ['feishu', { reason: 'timeout', retryable: true, outcomeUnknown: 'unanswered' }],
    ['wecom', DOWN],
  ])('is retried on %s with increasing backoff', async (platform, rejection) => {
    const destination = open(platform, rejection, 5);
    await destination.put(entryNamed('i-0abc stopped'));
    await destination.drain();
    expect(gaps(destination)).toEqual([2, 3, 6, 12, 24]);
    expect([destination.eventCount(), deadLetterIds()]).toEqual([1, []]);
    expect(deps.metrics.counts.MessagesDeferred).toBe(5);
  });

  it('starts again with the shortest backoff after a message was accepted', async () => {
    const destination = open('slack');
    for (const name of ['a', 'b']) {
      destination.chat.fault = { answer: DOWN, times: 3 };
      await destination.put(entryNamed(name));
      await destination.drain();
    }
    expect(gaps(destination).slice(4)).toEqual(gaps(destination).slice(0, 3));
  });

  it('has a further attempt with another idempotency key, except where the message may have been shown', async () => {
    const keysAfter = async (rejection: Rejection) => {
      const destination = open('dingtalk', rejection, 1);
      await destination.put(entryNamed('a'));
      await destination.drain();
      return new Set(destination.chat.requests.map(({ key }) => key)).size;
    };
    expect(await keysAfter({ reason: 'busy', retryable: true })).toBe(2);
    expect(await keysAfter(DOWN)).toBe(1);
  });

  it.each<[string, number]>([
    ['dingtalk', 600],
    ['wecom', 60],
    ['feishu', 5],
    ['slack', 37],
  ])(
    'from the rate limit of %s stops all deliveries for the %i seconds that it asks for',
    async (platform, seconds) => {
      const throttled: Rejection = { reason: 'too fast', retryable: true, throttled: true, retryAfterSeconds: seconds };
      const destination = open(platform, throttled, 1);
      await destination.put(entryNamed('first'));
      const time = { canSleep: false, startBefore: NOON + 3 * SECOND };
      await destination.deliver(time);
      for (let round = 0; round < 20; round += 1) {
        await destination.put(entryNamed(`${round}`));
        await destination.deliver(time);
      }
      expect([destination.chat.requests.length, deps.queues.scheduled.length]).toEqual([1, 1]);
      expect(deps.metrics.counts.DeliveriesThrottled).toBe(1);
      await destination.drain();
      const waited = ((destination.chat.requests[1]?.at ?? 0) - NOON) / SECOND;
      expect(waited).toBeGreaterThanOrEqual(seconds);
      expect(waited).toBeLessThan(seconds + 62);
      expect([destination.eventCount(), destination.chat.throttled]).toEqual([21, 0]);
    },
  );

  it('is one request where another sender has used up the limit of DingTalk, which then bans for ten minutes', async () => {
    const destination = open('dingtalk');
    const [part] = destination.channel.compose(cardNamed('of a person'));
    for (let sent = 0; part && sent < 20; sent += 1) await destination.channel.post(part, `${sent}`);
    await destination.put(...many(5, (index) => entryNamed(`${index}`)));
    await destination.drain();
    expect([destination.eventCount() - 20, destination.chat.throttled]).toEqual([5, 1]);
  });

  it('for an hour takes a few requests, and all events are delivered then', async () => {
    const destination = open('wecom', { ...DOWN, outcomeUnknown: 'unanswered' });
    await destination.put(...many(40, (index) => entryNamed(`event-${index}`)));
    await minutes(destination, 60);
    expect(destination.chat.requests.length).toBeLessThan(40);
    destination.chat.fault = undefined;
    await minutes(destination, 30);
    expect([await pendingIds(destination), destination.eventCount(), deadLetterIds()]).toEqual([[], 40, []]);
  });
});

/** A wake-up every minute. */
async function minutes(destination: TestDestination, count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    await destination.deliver();
    deps.clock.time += 60_000;
  }
}

describe('an entry on which the platform fails', () => {
  const openFailing = (times: number) => {
    const destination = open('wecom');
    destination.chat.fault = { answer: DOWN, times, holding: 'poison' };
    return destination;
  };

  it.each([1, 7, 40])('becomes a dead letter, and the %i others are delivered', async (count) => {
    const destination = openFailing(Infinity);
    await destination.put(entryNamed('poison'), ...many(count, (index) => entryNamed(`event-${index}`)));
    await minutes(destination, 120);
    await destination.put(entryNamed('later'));
    await minutes(destination, 60);
    expect([await pendingIds(destination), destination.eventCount()]).toEqual([[], count + 1]);
    expect(deadLetterIds()).toEqual(['poison']);
  });

  it('does not delay the others where only a later part of its card fails', async () => {
    const destination = openFailing(Infinity);
    await destination.put(entryNamed('long', { card: cardNamed('long', { quote: `${'a'.repeat(5_000)} poison` }) }));
    await minutes(destination, 10);
    await destination.put(entryNamed('later'));
    await minutes(destination, 120);
    await destination.put(entryNamed('later still'));
    await minutes(destination, 60);
    expect(destination.titles()).toEqual(expect.arrayContaining(['later', 'later still']));
    expect(await pendingIds(destination)).toEqual([]);
  });

  it('is delivered where the platform recovers', async () => {
    const destination = openFailing(12);
    await destination.put(entryNamed('poison'), ...many(20, (index) => entryNamed(`event-${index}`)));
    await minutes(destination, 240);
    expect([await pendingIds(destination), destination.eventCount()]).toEqual([[], 21]);
  });

  it('is not sent in another digest where only the answers are lost: the same idempotency key shows it once', async () => {
    const destination = open('dingtalk', 'lost', 12);
    await destination.put(...many(40, (index) => entryNamed(`event-${index}`)));
    await minutes(destination, 240);
    expect([await pendingIds(destination), destination.eventCount()]).toEqual([[], 40]);
    expect(destination.chat.duplicates).toBe(12);
  });
});
