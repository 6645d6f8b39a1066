import { inspect } from 'node:util';
import { type CallbackRequest, ForgedRequestError } from '../chat-app';
import { HOSTILE } from '../hostile.fixture';
import { toRobot } from './api';
import { BODY, callback, NOW, SECRETS, SESSION, signed } from './callback.fixture';
import { receive } from './receive';

const receiveWith = (request: CallbackRequest, secrets: object = SECRETS, now = NOW) =>
  receive(request, toRobot({ ...secrets }), now);

function rejectionOf(request: CallbackRequest, secrets?: object, now?: number): string {
  try {
    receiveWith(request, secrets, now);
  } catch (error) {
    if (error instanceof ForgedRequestError) return error.message;
    throw error;
  }
  return 'accepted';
}

it('accepts a message, and replies with nothing', () => {
  expect(receiveWith(callback())).toEqual({
    kind: 'message',
    reply: { status: 200, body: { msgtype: 'empty' } },
    message: {
      id: 'msg1==',
      platform: 'dingtalk',
      conversation: { id: 'cid1==', kind: 'group', replyUrl: { url: SESSION, expiresAt: NOW + 5_400_000 } },
      sender: { id: '0242', name: '王芳' },
      text: '开工单',
      mentions: [{ id: '0147' }],
      isForBot: true,
      sentAt: NOW - 300,
    },
  });
});

it('accepts the published example of a signature', () => {
  const headers = { timestamp: '1577262236757', sign: 'DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA=' };
  const request = { method: 'POST', headers, body: callback().body };
  expect(receiveWith(request, SECRETS, 1577262236757)).toMatchObject({ kind: 'message' });
});

it.each(['appKey', 'appSecret', 'corpId'])('rejects every callback without %s, also with an empty one', (name) => {
  const unsigned = { method: 'POST', headers: {}, body: Buffer.from('') };
  for (const value of ['', '  ', undefined]) {
    expect(rejectionOf(callback(), { ...SECRETS, [name]: value })).toBe(`no callback is accepted without ${name}`);
    expect(rejectionOf(unsigned, { ...SECRETS, [name]: value })).toBe(`no callback is accepted without ${name}`);
  }
});

it('rejects a signature with an empty secret', () => {
  expect(rejectionOf(callback({}, NOW, ''), { ...SECRETS, appSecret: '' })).toMatch(/without appSecret/);
  expect(rejectionOf(callback({}, NOW, ''))).toBe('the signature is not one of our appSecret');
});

const { headers } = callback();
it.each([
  ['no headers', {}, /not signed/],
  ['no signature', { timestamp: headers.timestamp }, /not signed/],
  ['an empty signature', { ...headers, sign: '' }, /not signed/],
  ['no timestamp', { sign: headers.sign }, /not signed/],
  ['two signatures', { ...headers, sign: `${headers.sign},${headers.sign}` }, /came twice/],
  ['two timestamps', { ...headers, timestamp: `${headers.timestamp}, ${headers.timestamp}` }, /came twice/],
  ['a timestamp in seconds', { ...headers, timestamp: `${NOW / 1000}` }, /not one in milliseconds/],
  ['a timestamp that is a word', { ...headers, timestamp: 'now' }, /not one in milliseconds/],
  ['a timestamp that is not a number', { ...headers, timestamp: 'NaN' }, /not one in milliseconds/],
  ['the signature of another time', { ...headers, timestamp: `${NOW + 1}` }, /not one of our appSecret/],
  ['half a signature', { ...headers, sign: headers.sign?.slice(0, 20) }, /not one of our appSecret/],
  [
    'a signature as long in letters but not in bytes',
    { ...headers, sign: '签'.repeat(44) },
    /not one of our appSecret/,
  ],
])('rejects %s', (_, headers, reason) => {
  expect(rejectionOf({ method: 'POST', headers: headers as Record<string, string>, body: callback().body })).toMatch(
    reason,
  );
});

it.each([
  ['another robot', { robotCode: 'dingother' }, /for another robot/],
  ['a custom robot, which has no code', { robotCode: undefined }, /custom robots of a group are not supported/],
  ['a robot of another organisation', { chatbotCorpId: 'dingelse' }, /robot of another organisation/],
  ['a robot of no organisation', { chatbotCorpId: undefined }, /robot of another organisation/],
  ['no message id', { msgId: '' }, /no msgId/],
  ['no conversation', { conversationId: 7 }, /no conversationId/],
  ['a conversation of a third kind', { conversationType: '3' }, /no known conversationType/],
  ['no sender', { senderStaffId: '', senderId: null }, /no sender/],
  ['an id that is too long for a store', { msgId: 'm'.repeat(3000) }, /msgId is too long/],
])('rejects a signed message with %s', (_, changes, reason) => {
  expect(rejectionOf(callback(changes))).toMatch(reason);
});

it('rejects another method than POST', () => {
  expect(rejectionOf({ ...callback(), method: 'GET' })).toBe('it is not a POST');
});

it('accepts the configured robotCode only', () => {
  const secrets = { ...SECRETS, robotCode: 'dingrobot' };
  expect(receiveWith(callback({ robotCode: 'dingrobot' }), secrets)).toMatchObject({ kind: 'message' });
  expect(rejectionOf(callback(), secrets)).toBe('it is for another robot');
});

it.each([
  ['a guest', { senderCorpId: 'dingelse' }, /another organisation/],
  ['a person of no organisation', { senderCorpId: undefined }, /another organisation/],
  ['the bot itself', { senderId: BODY.chatbotUserId }, /the bot itself/],
  [
    'a quota that is exceeded',
    { errorCode: 20001, errorMessage: 'x', text: undefined, msgtype: undefined },
    /administrator can buy/,
  ],
  ['the same, with the code as a text', { errorCode: '20001', senderCorpId: undefined }, /administrator can buy/],
  ['an error code that is no number', { errorCode: { toString: 1 }, msgtype: 'x' }, /unknown kind/],
  ['a message of an unknown kind', { msgtype: 'unknownMsgType' }, /unknown kind: unknownMsgType/],
  ['a message of no kind', { msgtype: { a: 1 } }, /unknown kind: none/],
  ['an inherited property as kind', { msgtype: 'constructor' }, /unknown kind: constructor/],
  ['a kind that would forge a line of the log', { msgtype: 'x\nINFO all is well' }, /unknown kind: none$/],
])('ignores %s, with a reason', (_, changes, reason) => {
  const reply = { status: 200, body: { msgtype: 'empty' } };
  expect(receiveWith(callback(changes))).toEqual({ kind: 'ignored', reply, reason: expect.stringMatching(reason) });
});

it.each([
  ['nothing', ''],
  ['half a JSON', JSON.stringify(BODY).slice(0, 100)],
  ['a list', '[]'],
  ['a null', 'null'],
  ['a text', '"x"'],
  ['a form', 'a=b&c=d'],
  ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xe5, 0x91, 0x22, 0x7d])],
  ['UTF-16', Buffer.from(JSON.stringify(BODY), 'utf16le')],
  ['brackets without end', '['.repeat(200_000)],
])('rejects a body of %s', (_, body) => {
  expect(rejectionOf(signed(body))).toBe('the body is not a JSON object');
});

it('fails with no other error, whatever value a field has', () => {
  const odd = [
    null,
    true,
    0,
    -1,
    Number.MAX_VALUE,
    '',
    'x',
    [],
    [[]],
    [null],
    {},
    { content: {} },
    { richText: [null, 7, {}] },
    ...HOSTILE,
  ];
  const kinds = ['text', 'richText', 'picture', 'audio', 'video', 'file'];
  for (const name of [...Object.keys(BODY), 'content', 'errorCode', '__proto__']) {
    for (const [at, value] of odd.entries()) {
      const request = callback({ msgtype: kinds[at % kinds.length], [name]: value });
      expect(() => rejectionOf(request)).not.toThrow();
    }
  }
});

it('keeps secrets and text out of its errors', () => {
  const secrets = { ...SECRETS, appSecret: 'S3CRET-of-the-app' };
  const requests = [
    callback(),
    callback({ robotCode: 'x' }, NOW, secrets.appSecret),
    signed('{"密码":', NOW, secrets.appSecret),
  ];
  for (const request of requests) {
    const error = (() => {
      try {
        return receiveWith(request, secrets);
      } catch (error) {
        return error;
      }
    })();
    expect(error).toBeInstanceOf(ForgedRequestError);
    const printed = `${inspect(error)} ${JSON.stringify(error)}`;
    for (const secret of [secrets.appSecret, '密码', '开工单', request.headers.sign ?? ''])
      expect(printed).not.toContain(secret);
  }
});
