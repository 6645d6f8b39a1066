import { type Callback, type ChatApp, ForgedRequestError } from '@casebell/im/bots';
import { type CallbackDeps, handleCallback } from './webhook/handle-callback';

const message = {
  id: 'msg==/1',
  platform: 'feishu',
  conversation: { id: 'oc_1', kind: 'group' as const },
  sender: { id: 'ou_1' },
  text: '帮助',
  isForBot: true,
  sentAt: 0,
};

function openDoor(receive: ChatApp['receive'], renewed?: ChatApp['receive']) {
  const letters: { body: string; group: string; idempotencyKey: string }[] = [];
  const lines: string[] = [];
  const write = (what: string, facts?: object) => void lines.push(`${what} ${JSON.stringify(facts)}`);
  const app: ChatApp = { platform: 'feishu', receive, send: async () => undefined, healthCheck: async () => undefined };
  let renewals = 0;
  const door: CallbackDeps = {
    findApp: async (name) => (name === 'feishu/main' ? app : undefined),
    async refreshApp() {
      renewals += 1;
      return renewed && { ...app, receive: renewed };
    },
    enqueue: async (letter) => void letters.push(letter),
    log: { info: write, warn: write, error: write },
  };
  const knock = (name = 'feishu/main', body = Buffer.from('{}')) =>
    handleCallback({ method: 'POST', headers: {}, body }, name, door);
  return { letters, lines, knock, renewals: () => renewals };
}

const saying = (callback: Callback) => openDoor(() => callback);

it('puts what was said into the queue, in the order of its conversation, and gives the reply of the platform', async () => {
  const { knock, letters } = saying({ kind: 'message', reply: { status: 200, body: {} }, message });
  expect(await knock()).toEqual({ status: 200, body: {} });
  expect(letters).toHaveLength(1);
  expect(JSON.parse(letters[0]?.body ?? '')).toEqual({ bot: 'feishu/main', message });
  expect(letters[0]?.group).toMatch(/^[0-9a-f]{64}$/);
  expect(letters[0]?.idempotencyKey).toMatch(/^[0-9a-f]{64}$/);
});

it('puts words into the queue that not every queue takes as they are, emoji among them', async () => {
  const text = '工单 😀 \uffff\ufffe \u0000 \ud800';
  const { knock, letters } = saying({ kind: 'message', reply: { status: 200 }, message: { ...message, text } });
  await knock();
  expect(letters[0]?.body).toMatch(/^[\u0020-\ud7ff]+$/);
  expect(JSON.parse(letters[0]?.body ?? '').message.text).toBe(text);
});

it('answers a handshake, and what nobody waits for, without a word in the queue', async () => {
  const handshake = saying({ kind: 'handshake', reply: { status: 200, body: { challenge: 'x' } } });
  expect(await handshake.knock()).toEqual({ status: 200, body: { challenge: 'x' } });
  const ignored = saying({ kind: 'ignored', reply: { status: 200 }, reason: 'from a bot' });
  expect(await ignored.knock()).toEqual({ status: 200 });
  expect(ignored.lines.join()).toContain('from a bot');
  expect([...handshake.letters, ...ignored.letters]).toEqual([]);
});

it('sends the forged away with nothing that helps, and says why in the log', async () => {
  const { knock, lines, letters } = openDoor(() => {
    throw new ForgedRequestError('the signature is wrong');
  });
  expect(await knock()).toEqual({ status: 401 });
  expect(lines.join()).toContain('the signature is wrong');
  expect(letters).toEqual([]);
});

const forged = (): never => {
  throw new ForgedRequestError('the signature is wrong');
};

it('lets in who signs with a secret that is newer than the one it knows, and looks for one only then', async () => {
  const said = { kind: 'message', reply: { status: 200 }, message } as const;
  const ahead = openDoor(forged, () => said);
  expect(await ahead.knock()).toEqual({ status: 200 });
  expect(ahead.letters).toHaveLength(1);
  const known = openDoor(() => said);
  await known.knock();
  expect([ahead.renewals(), known.renewals()]).toEqual([1, 0]);
  expect(await openDoor(forged, forged).knock()).toEqual({ status: 401 });
});

it('stays shut whatever a stranger makes of its code', async () => {
  const { knock, lines } = openDoor(() => {
    throw new TypeError('secret-123 is not a function');
  });
  expect(await knock()).toEqual({ status: 401 });
  expect(lines.join()).not.toContain('secret-123');
});

it('knows no other bot than those in its secret', async () => {
  const { knock, letters } = saying({ kind: 'message', reply: { status: 200 }, message });
  expect(await knock('feishu/other')).toEqual({ status: 401 });
  expect(letters).toEqual([]);
});

it('does not read more than 256 KB', async () => {
  const { knock, letters } = saying({ kind: 'message', reply: { status: 200 }, message });
  expect(await knock('feishu/main', Buffer.alloc(256 * 1024 + 1))).toEqual({ status: 413 });
  expect(await knock('feishu/main', Buffer.alloc(256 * 1024))).toEqual({ status: 200 });
  expect(letters).toHaveLength(1);
});

it('does not say yes to what the queue did not take', async () => {
  const door: CallbackDeps = {
    refreshApp: async () => undefined,
    findApp: async () => ({
      platform: 'feishu',
      receive: () => ({ kind: 'message', reply: { status: 200 }, message }),
      send: async () => undefined,
      healthCheck: async () => undefined,
    }),
    enqueue: async () => Promise.reject(new Error('throttled')),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  };
  await expect(
    handleCallback({ method: 'POST', headers: {}, body: Buffer.from('') }, 'feishu/main', door),
  ).rejects.toThrow('throttled');
});
