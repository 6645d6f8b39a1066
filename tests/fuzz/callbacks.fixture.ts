import { BOT_PLATFORMS, type CallbackReply, createBotRuntime } from '@casebell/im/bots';
import {
  type CallbackDeps,
  handleCallback,
  type QueuedMessage,
} from '../../functions/case-bot/webhook/handle-callback';
import { seeded } from '../../functions/notifier/random.fixture';
import { isObject, type Json } from '../../local/chat/json';
import {
  type Attempt,
  type Expectation,
  type MutatedCallback,
  type Mutations,
  type Sample,
  samplesOf,
} from './callback-samples.fixture';
import { CONTENT_MUTATIONS, isForUs } from './content-mutations.fixture';
import { BODY_MUTATIONS, CIRCUMSTANCE_MUTATIONS, HEADER_MUTATIONS } from './request-mutations.fixture';

/** A mutated callback and what is expected of it. */
export interface Trial {
  sample: Sample;
  mutation: string;
  expected: Expectation;
  mutated: MutatedCallback;
  attempt: Attempt;
}

export const MUTATIONS: Mutations = {
  ...BODY_MUTATIONS,
  ...HEADER_MUTATIONS,
  ...CIRCUMSTANCE_MUTATIONS,
  ...CONTENT_MUTATIONS,
};

/** An unchanged callback for its own bot. */
export const unmutated = (sample: Sample): Attempt => ({
  ...{ request: sample.request, now: sample.at, secrets: sample.secrets },
  bot: botOf(sample),
});

/** How often each outcome occurs for the callbacks of each platform, e.g. `dingtalk: rejected`. */
export function countsOf(results: readonly { sample: Sample; outcome: DeliveryOutcome }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { sample, outcome } of results) {
    const name = `${sample.from}: ${outcome.kind}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Every mutation of every sample; the same for the same seed. */
export function trialsAt(at: number, seed: number): Trial[] {
  const random = seeded(seed);
  return samplesOf(at).flatMap((sample) =>
    Object.entries(MUTATIONS).flatMap(([mutation, { expected, times, mutate }]) =>
      Array.from({ length: times }).flatMap(() => {
        const mutated = mutate(sample, random);
        return mutated
          ? { sample, mutation, expected: expected(sample), mutated, attempt: { ...unmutated(sample), ...mutated } }
          : [];
      }),
    ),
  );
}

export type QueuedEntry = Parameters<CallbackDeps['enqueue']>[0];

export interface DeliveryOutcome {
  kind: 'accepted' | 'replied' | 'ignored' | 'rejected' | 'too large';
  reply: CallbackReply;
  queued: QueuedEntry[];
  /** The log. */
  lines: string[];
}

export const botOf = ({ platform }: Pick<Sample, 'platform'>): string => `${platform}/main`;

/** Delivers it to the real handler with a real bot, and returns the outcome. */
export async function deliver({ platform }: Pick<Sample, 'platform'>, attempt: Attempt): Promise<DeliveryOutcome> {
  const queued: QueuedEntry[] = [];
  const lines: string[] = [];
  const write = (what: string, facts?: object) => void lines.push(`${what} ${JSON.stringify(facts)}`);
  const app = BOT_PLATFORMS.find(({ name }) => name === platform)?.open(attempt.secrets, {
    ...createBotRuntime(),
    now: () => attempt.now,
  });
  const reply = await handleCallback(attempt.request, attempt.bot, {
    refreshApp: async () => undefined,
    findApp: async (name) => (name === botOf({ platform }) ? app : undefined),
    enqueue: async (entry) => void queued.push(entry),
    log: { info: write, warn: write, error: write },
  });
  return { kind: kindOf(reply, queued, lines), reply, queued, lines };
}

export const messageIn = ({ body }: QueuedEntry): QueuedMessage => JSON.parse(body);

const REJECTIONS: Readonly<Record<number, DeliveryOutcome['kind']>> = { 401: 'rejected', 413: 'too large' };

function kindOf({ status }: CallbackReply, queued: QueuedEntry[], lines: string[]): DeliveryOutcome['kind'] {
  const rejected = REJECTIONS[status];
  if (rejected) return rejected;
  if (status !== 200) throw new Error(`The handler replies with ${status}.`);
  if (queued.length) return 'accepted';
  return lines.length ? 'ignored' : 'replied';
}

/** Where a reply may be sent: only to the platform. */
const ANSWERS = /^https:\/\/(oapi\.dingtalk\.(com|io)\/robot\/sendBySession\?|hooks\.slack\.com\/)/;
/** "SendMessage" of the SQS API Reference: all that XML 1.0 allows, up to 1 MiB. */
const ALLOWED = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
const HASH = /^[0-9a-f]{64}$/;
const SECRETS = ['appSecret', 'verificationToken', 'encryptKey', 'signingSecret', 'botToken'];

/** What is wrong with the outcome of a mutated callback; empty where it is right. */
export function faultsOf(
  sample: Sample,
  expected: Expectation,
  mutated: MutatedCallback,
  outcome: DeliveryOutcome,
  original: DeliveryOutcome,
): string[] {
  return [
    ...JUDGES[expected](sample, mutated, outcome, original),
    ...outcome.queued.flatMap((entry) => faultsIn(entry, sample)),
    ...leaks(sample, outcome),
  ];
}

type Judge = (
  sample: Sample,
  mutated: MutatedCallback,
  outcome: DeliveryOutcome,
  original: DeliveryOutcome,
) => string[];

const JUDGES: Readonly<Record<Expectation, Judge>> = {
  never: (_sample, _spoilt, { kind }) => (['rejected', 'too large'].includes(kind) ? [] : [`it was ${kind}`]),
  same: (_sample, _spoilt, outcome, original) =>
    isSame(outcome, original) ? [] : [`the outcome differs: ${outcome.kind}`],
  'by body'(sample, mutated, { kind }) {
    const content = mutated.content ?? contentOf(mutated);
    const isAccepted = kind === 'accepted';
    if (isAccepted && !(content && isForUs(sample, content))) return ['it was accepted, and is not for us'];
    const mustBe = sample.from === 'dingtalk' && content !== undefined && isWhole(content) && isForUs(sample, content);
    return sample.from === 'dingtalk' && mustBe !== isAccepted
      ? [`it was ${kind}, and must ${mustBe ? '' : 'not '}be accepted`]
      : [];
  },
};

/** The message, its conversation, and the reply to the platform. */
export function isSame(one: DeliveryOutcome, other: DeliveryOutcome): boolean {
  const essentials = ({ kind, reply, queued }: DeliveryOutcome) => {
    const said = queued.map((entry) => [entry.group, entry.idempotencyKey, JSON.stringify(essentialsOf(entry))]);
    return JSON.stringify([kind, reply, said]);
  };
  return essentials(one) === essentials(other);
}

/** Times may be the time of delivery. */
function essentialsOf(entry: QueuedEntry): unknown {
  const { text, fields, conversation, sender } = messageIn(entry).message;
  return [text, fields, conversation.id, conversation.replyUrl?.url, sender.id];
}

function contentOf({ request }: MutatedCallback): Json | undefined {
  try {
    const content: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(request?.body));
    return isObject(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

const KINDS = ['text', 'richText', 'picture', 'audio', 'video', 'file'];

const word = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Only DingTalk does not sign its body: whether it is complete and from a person. */
function isWhole(body: Json): boolean {
  const texts = ['msgId', 'conversationId', 'senderId', 'senderStaffId'].map((name) => body[name]);
  const [message, conversation, ...senders] = texts.map(word);
  const isFromBot = body.chatbotUserId && body.chatbotUserId === body.senderId;
  const isShort = texts.every((text) => typeof text !== 'string' || text.length <= 256);
  const isKnown = ['1', '2'].includes(word(body.conversationType)) && KINDS.includes(word(body.msgtype));
  return Boolean(message && conversation && senders.some(Boolean) && !isFromBot && isShort && isKnown);
}

/** Ids of a platform that signs its body are believed to be as short as its documents say. */
function faultsIn(entry: QueuedEntry, { signedPart }: Sample): string[] {
  const maxIdLength = signedPart === 'all' ? Number.POSITIVE_INFINITY : 300;
  const { message } = messageIn(entry);
  const { replyUrl } = message.conversation;
  const ids = [message.id, message.conversation.id, message.sender.id];
  const found = {
    'an id is invalid': ids.every((id) => typeof id === 'string' && id.length > 0 && id.length <= maxIdLength),
    'its text is invalid': typeof message.text === 'string',
    'its time is invalid': Number.isFinite(message.sentAt),
    'its reply would go elsewhere':
      !replyUrl || (ANSWERS.test(new URL(replyUrl.url).href) && Number.isFinite(replyUrl.expiresAt)),
    'the queue would not take its characters': ALLOWED.test(entry.body),
    'the queue would not take its length': Buffer.byteLength(entry.body) <= 1024 * 1024,
    'the queue would not take its ids': HASH.test(entry.group) && HASH.test(entry.idempotencyKey),
  };
  return Object.entries(found).flatMap(([fault, isValid]) => (isValid ? [] : [fault]));
}

function leaks({ secrets, content }: Sample, { lines, reply }: DeliveryOutcome): string[] {
  const output = `${lines.join('\n')}${JSON.stringify(reply)}`;
  const hidden = [
    ...SECRETS.flatMap((name) => secrets[name] || []),
    ...[content.sessionWebhook, content.response_url].filter((url) => typeof url === 'string'),
  ];
  const leaked = hidden.some((secret) => output.includes(secret)) ? ['a secret leaked'] : [];
  const unexpected = output.includes('could not be read') ? [`something threw: ${output}`] : [];
  return [...leaked, ...unexpected, ...(lines.join().length > 1000 ? ['too much was logged'] : [])];
}
