import {
  type Card,
  type Channel,
  DeliveryError,
  type Payload,
  type Rejection,
  toPlainText,
  WEBHOOK_PLATFORMS,
  type WebhookPlatform,
} from '@casebell/im/webhooks';
import { deliver } from './delivery/deliver';
import type { Destination, TimeBudget } from './delivery/deps';
import type { TestDeps } from './deps.fixture';
import type { Entry } from './outbox/outbox';

export const PLATFORM_NAMES = WEBHOOK_PLATFORMS.map(({ name }) => name);

/** One message of a card, as this chat renders it. */
interface Post {
  card: Card;
  form: 'card' | 'plain';
  /** From 1, and of how many. */
  part: number;
  parts: number;
  payload: Payload;
  key: string;
  /** In ms since 1970. */
  at: number;
}

/** How the chat answers, instead of accepting a message. `lost`: it shows the message, and the answer is lost on its way. */
interface Fault {
  answer: 'lost' | Rejection;
  times: number;
  /** Only messages whose payload holds this text. */
  holding?: string;
}

/** A chat in memory, with the platform's rendering and rate limits, on the virtual clock. */
export interface TestChat {
  fault?: Fault;
  /** Runs before a request is answered. */
  onRequest?(): Promise<void>;
  requests: Post[];
  messages: Post[];
  /** Requests over the rate limit. */
  throttled: number;
  /** Requests whose idempotency key is known: their message is not shown again. */
  duplicates: number;
}

export interface TestDestination extends Destination {
  chat: TestChat;
  put(...entries: Entry[]): Promise<void>;
  deliver(time?: Partial<TimeBudget>): Promise<void>;
  /** Delivers, and moves the clock to each scheduled wake-up, until nothing is pending. */
  drain(): Promise<void>;
  /** The number of events that the messages of the chat stand for. */
  eventCount(): number;
  titles(): string[];
}

let count = 0;

export const cannotSleep = { canSleep: false };

export function openDestination(platform: string, deps: TestDeps, quota?: number): TestDestination {
  const { clock, outbox } = deps;
  const found = WEBHOOK_PLATFORMS.find(({ name }) => name === platform);
  if (!found) throw new Error(`There is no platform ${platform}.`);
  count += 1;
  const chat: TestChat = { requests: [], messages: [], throttled: 0, duplicates: 0 };
  const destination: TestDestination = {
    id: `${platform}-${count}`,
    channel: testChannel(found, chat, clock),
    quota,
    chat,
    async put(...entries) {
      for (const entry of entries) await outbox.put(destination.id, entry);
    },
    deliver: (time) => deliver(destination, deps, { ...invocation(clock.time), ...time }),
    drain: () => drain(destination, deps),
    eventCount: () => chat.messages.reduce((sum, post) => sum + (post.part === post.parts ? eventsIn(post) : 0), 0),
    titles: () => chat.messages.map(({ card }) => card.title),
  };
  return destination;
}

/** A wake-up's invocation of 60 seconds. */
const invocation = (now: number): TimeBudget => ({ canSleep: true, startBefore: now + 45_000, deadline: now + 60_000 });

/** One event, or as many as the title of a digest says. */
const eventsIn = ({ card }: Post): number => Number(/^(\d+) (?:events|个事件)/.exec(card.title)?.[1] ?? 1);

async function drain({ id, deliver: run }: TestDestination, { outbox, queues, clock }: TestDeps): Promise<void> {
  for (let round = 0; round < 500; round += 1) {
    const scheduled = queues.scheduled.length;
    await run();
    if ((await outbox.oldestPendingAt(id)) === undefined) return;
    const delayMs = queues.scheduled.length > scheduled ? queues.scheduled.at(-1)?.delayMs : undefined;
    // Without a wake-up the next sweep resumes the delivery.
    clock.time += Math.min(900_000, delayMs ?? 60_000);
  }
  throw new Error('Entries are still pending.');
}

function testChannel(platform: WebhookPlatform, chat: TestChat, clock: { now(): number }): Channel {
  const { name, rateLimits, monthlyQuota } = platform;
  const isThrottled = rateLimitOf(platform, chat);
  const keys = new Set<string>();
  const reject = (rejection: Rejection) => Promise.reject(new DeliveryError(name, rejection));
  const show = (post: Post): void => {
    // Only DingTalk has an idempotency key.
    if (name === 'dingtalk' && keys.has(post.key)) chat.duplicates += 1;
    else chat.messages.push(post);
    keys.add(post.key);
  };
  return {
    platform: name,
    rateLimits,
    ...(monthlyQuota !== undefined && { monthlyQuota }),
    compose(card, form = 'card') {
      const payloads = form === 'plain' ? [platform.renderPlain(toPlainText(card))] : platform.render(card);
      return payloads.map((payload, index) => ({ card, form, part: index + 1, parts: payloads.length, payload }));
    },
    async post(composed, key = '') {
      const post = { ...composed, key, at: clock.now() } as unknown as Post;
      chat.requests.push(post);
      await chat.onRequest?.();
      const answer = nextAnswer(chat, post);
      if (answer && answer !== 'lost') return reject(answer);
      const retryAfterSeconds = isThrottled(post.at);
      if (retryAfterSeconds) return reject({ reason: 'too fast', retryable: true, throttled: true, retryAfterSeconds });
      show(post);
      if (answer === 'lost') return reject({ reason: 'no answer', retryable: true, outcomeUnknown: 'unanswered' });
    },
  };
}

/** Seconds to wait for, where a request is over the limit. DingTalk then accepts nothing for ten minutes. */
function rateLimitOf({ name, rateLimits }: WebhookPlatform, chat: TestChat) {
  const banSeconds = name === 'dingtalk' ? 600 : 0;
  let bannedUntil = 0;
  return (at: number): number => {
    const isOver = rateLimits.some(({ messages, seconds }) => {
      const recent = chat.messages.filter((message) => message.at > at - seconds * 1000);
      return recent.length >= messages;
    });
    if (at >= bannedUntil && !isOver) return 0;
    chat.throttled += 1;
    bannedUntil = at + banSeconds * 1000;
    return banSeconds || 60;
  };
}

function nextAnswer({ fault }: TestChat, { payload }: Post): Fault['answer'] | undefined {
  if (!fault || fault.times <= 0) return undefined;
  if (fault.holding && !JSON.stringify(payload).includes(fault.holding)) return undefined;
  fault.times -= 1;
  return fault.answer;
}
