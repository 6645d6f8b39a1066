import { type Callback, type ChatApp, type ChatMessage, ForgedRequestError } from '@casebell/im/bots';
import { logTo } from '../test-context.fixture';
import { type CallbackDeps, handleCallback } from './handle-callback';

const message: ChatMessage = {
  ...{ id: 'msg==/1', platform: 'feishu', conversation: { id: 'oc_1', kind: 'group' }, sender: { id: 'ou_1' } },
  ...{ text: '帮助', isForBot: true, sentAt: 0 },
};
const reply = { status: 200 };
const genuine = (more: Partial<ChatMessage> = {}): Callback => ({
  kind: 'message',
  reply,
  message: { ...message, ...more },
});
const forged = (): never => {
  throw new ForgedRequestError('the signature is wrong');
};

let queue: Parameters<CallbackDeps['enqueue']>[0][];
let lines: string[];
let refreshes: number;
beforeEach(() => {
  [queue, lines, refreshes] = [[], [], 0];
});

interface Circumstances {
  name?: string;
  bytes?: number;
  /** The app with newer secrets. */
  refreshed?: ChatApp['receive'];
  enqueue?: CallbackDeps['enqueue'];
}

/** The reply to a callback for the bot `feishu/main`, whose app receives callbacks like this. */
function send(receive: ChatApp['receive'], more: Circumstances = {}) {
  const { name = 'feishu/main', bytes = 2, refreshed, enqueue = async (entry) => void queue.push(entry) } = more;
  const app: ChatApp = { platform: 'feishu', receive, send: async () => undefined, healthCheck: async () => undefined };
  const deps: CallbackDeps = {
    findApp: async (wanted) => (wanted === 'feishu/main' ? app : undefined),
    async refreshApp() {
      refreshes += 1;
      return refreshed && { ...app, receive: refreshed };
    },
    ...{ enqueue, log: logTo(lines) },
  };
  return handleCallback({ method: 'POST', headers: {}, body: Buffer.alloc(bytes) }, name, deps);
}

it('a message is queued once, in the order of its conversation, and the platform’s reply is returned', async () => {
  expect(await send(() => genuine())).toEqual(reply);
  expect(queue.map(({ body }) => JSON.parse(body))).toEqual([{ bot: 'feishu/main', message }]);
  const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
  expect(queue[0]).toMatchObject({ group: hash, idempotencyKey: hash });
});
it('a message is queued in characters that every queue takes, and read back unchanged', async () => {
  const text = '工单 😀 \uffff\ufffe \u0000 \ud800';
  await send(() => genuine({ text }));
  expect(queue[0]?.body).toMatch(/^[\u0020-\ud7ff]+$/);
  expect(JSON.parse(queue[0]?.body ?? '').message.text).toBe(text);
});
it('a handshake and an ignored callback are replied to, and nothing is queued', async () => {
  const challenge = { status: 200, body: { challenge: 'x' } };
  expect(await send(() => ({ kind: 'handshake', reply: challenge }))).toEqual(challenge);
  expect(await send(() => ({ kind: 'ignored', reply, reason: 'from a bot' }))).toEqual(reply);
  expect([queue, lines]).toEqual([[], [expect.stringContaining('from a bot')]]);
});
it.each<[string, () => Promise<unknown>, number]>([
  ['forged', () => send(forged), 401],
  ['forged also for the newest secret', () => send(forged, { refreshed: forged }), 401],
  ['for a bot that does not exist', () => send(() => genuine(), { name: 'feishu/other' }), 401],
  ['larger than 256 KB', () => send(() => genuine(), { bytes: 256 * 1024 + 1 }), 413],
])('a callback that is %s is rejected without an explanation, which is in the log', async (_name, act, status) => {
  expect(await act()).toEqual({ status });
  expect([queue, lines]).toEqual([[], [expect.stringMatching(/^callback\.rejected .*"reason":"[^"]+/)]]);
});
it('a callback of 256 KB is accepted', async () => {
  expect(await send(() => genuine(), { bytes: 256 * 1024 })).toEqual(reply);
});
it('secrets are read again only for a callback that is rejected, and accepted if it is signed with the newer', async () => {
  await send(() => genuine());
  expect(refreshes).toBe(0);
  expect(await send(forged, { refreshed: () => genuine() })).toEqual(reply);
  expect([refreshes, queue.length]).toEqual([1, 2]);
});
it('an error of the platform’s code rejects the callback, and the log does not repeat it', async () => {
  const failing = () => {
    throw new TypeError('secret-123 is not a function');
  };
  expect(await send(failing)).toEqual({ status: 401 });
  expect(lines.join()).not.toContain('secret-123');
});
it('a message that the queue did not take is an error, so that the platform delivers it again', async () => {
  const enqueue = () => Promise.reject(new Error('throttled'));
  await expect(send(() => genuine(), { enqueue })).rejects.toThrow('throttled');
});
