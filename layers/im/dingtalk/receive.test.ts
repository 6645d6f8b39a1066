import { inspect } from 'node:util';
import { type CallbackRequest, ForgedRequestError } from '../chat-app';
import { HOSTILE } from '../hostile.fixture';
import { toRobot } from './api';
import { BODY, callback, NOW, SECRETS, SESSION, signed } from './callback.fixture';
import { receive } from './receive';

const waitForReply = (request: CallbackRequest, secrets: object = SECRETS, now = NOW) =>
  receive(request, toRobot({ ...secrets }), now);

function refusal(request: CallbackRequest, secrets?: object, now?: number): string {
  try {
    waitForReply(request, secrets, now);
  } catch (error) {
    if (error instanceof ForgedRequestError) return error.message;
    throw error;
  }
  return 'it was let in';
}

it('hears what a person said, and stays silent for the moment', () => {
  expect(waitForReply(callback())).toEqual({
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
  expect(waitForReply(request, SECRETS, 1577262236757)).toMatchObject({ kind: 'message' });
});

it.each(['appKey', 'appSecret', 'corpId'])('lets nobody in without %s, nor with an empty one', (name) => {
  const unsigned = { method: 'POST', headers: {}, body: Buffer.from('') };
  for (const value of ['', '  ', undefined]) {
    expect(refusal(callback(), { ...SECRETS, [name]: value })).toBe(`no callback is accepted without ${name}`);
    expect(refusal(unsigned, { ...SECRETS, [name]: value })).toBe(`no callback is accepted without ${name}`);
  }
});

it('is not fooled by a signature that anybody can make with an empty secret', () => {
  expect(refusal(callback({}, NOW, ''), { ...SECRETS, appSecret: '' })).toMatch(/without appSecret/);
  expect(refusal(callback({}, NOW, ''))).toBe('the signature is not one of our appSecret');
});

it('hears a message for five minutes, in either direction of the clock', () => {
  for (const off of [-300_000, 300_000])
    expect(waitForReply(callback({}, NOW + off))).toMatchObject({ kind: 'message' });
  for (const off of [-300_001, 300_001]) expect(refusal(callback({}, NOW + off))).toMatch(/over five minutes off/);
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
  ['a timestamp in words', { ...headers, timestamp: 'now' }, /not one in milliseconds/],
  ['a timestamp that is not a number', { ...headers, timestamp: 'NaN' }, /not one in milliseconds/],
  ['the signature of another time', { ...headers, timestamp: `${NOW + 1}` }, /not one of our appSecret/],
  ['half a signature', { ...headers, sign: headers.sign?.slice(0, 20) }, /not one of our appSecret/],
  [
    'a signature as long in letters but not in bytes',
    { ...headers, sign: '签'.repeat(44) },
    /not one of our appSecret/,
  ],
])('refuses %s', (_, headers, reason) => {
  expect(refusal({ method: 'POST', headers: headers as Record<string, string>, body: callback().body })).toMatch(
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
  ['nobody', { senderStaffId: '', senderId: null }, /no sender/],
  ['an id that no store would take', { msgId: 'm'.repeat(3000) }, /msgId is too long/],
])('refuses a signed message of or for %s', (_, changes, reason) => {
  expect(refusal(callback(changes))).toMatch(reason);
});

it('refuses what is not sent as DingTalk sends it', () => {
  expect(refusal({ ...callback(), method: 'GET' })).toBe('it is not a POST');
});

it('knows a robot that has a code of its own', () => {
  const secrets = { ...SECRETS, robotCode: 'dingrobot' };
  expect(waitForReply(callback({ robotCode: 'dingrobot' }), secrets)).toMatchObject({ kind: 'message' });
  expect(refusal(callback(), secrets)).toBe('it is for another robot');
});

it.each([
  ['a guest', { senderCorpId: 'dingelse' }, /another organisation/],
  ['somebody of no organisation', { senderCorpId: undefined }, /another organisation/],
  ['the bot itself', { senderId: BODY.chatbotUserId }, /the bot itself/],
  [
    'a system that is over its quota',
    { errorCode: 20001, errorMessage: 'x', text: undefined, msgtype: undefined },
    /administrator can buy/,
  ],
  ['the same, with the code as a text', { errorCode: '20001', senderCorpId: undefined }, /administrator can buy/],
  ['no quota, whatever a code is that is none', { errorCode: { toString: 1 }, msgtype: 'x' }, /unknown kind/],
  ['a message of an unknown kind', { msgtype: 'unknownMsgType' }, /unknown kind: unknownMsgType/],
  ['a message of no kind', { msgtype: { a: 1 } }, /unknown kind: none/],
  ['a kind that every object has', { msgtype: 'constructor' }, /unknown kind: constructor/],
  ['a kind that would forge a line of the log', { msgtype: 'x\nINFO all is well' }, /unknown kind: none$/],
])('stays silent about %s, and says why', (_, changes, reason) => {
  const silence = { status: 200, body: { msgtype: 'empty' } };
  expect(waitForReply(callback(changes))).toEqual({
    kind: 'ignored',
    reply: silence,
    reason: expect.stringMatching(reason),
  });
});

it.each([
  ['nothing', ''],
  ['half a JSON', JSON.stringify(BODY).slice(0, 100)],
  ['a list', '[]'],
  ['a null', 'null'],
  ['a text', '"x"'],
  ['a form', 'a=b&c=d'],
  ['half a letter', Buffer.from([0x7b, 0x22, 0xe5, 0x91, 0x22, 0x7d])],
  ['UTF-16', Buffer.from(JSON.stringify(BODY), 'utf16le')],
  ['brackets without end', '['.repeat(200_000)],
])('refuses a body of %s', (_, body) => {
  expect(refusal(signed(body))).toBe('the body is not a JSON object');
});

it('comes to an end with anything in any field: it is heard, ignored or refused', () => {
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
      expect(() => refusal(request)).not.toThrow();
    }
  }
});

it('tells neither secrets nor words in its refusals', () => {
  const secrets = { ...SECRETS, appSecret: 'S3CRET-of-the-app' };
  const requests = [
    callback(),
    callback({ robotCode: 'x' }, NOW, secrets.appSecret),
    signed('{"密码":', NOW, secrets.appSecret),
  ];
  for (const request of requests) {
    const error = (() => {
      try {
        return waitForReply(request, secrets);
      } catch (error) {
        return error;
      }
    })();
    expect(error).toBeInstanceOf(ForgedRequestError);
    const told = `${inspect(error)} ${JSON.stringify(error)}`;
    for (const secret of [secrets.appSecret, '密码', '开工单', request.headers.sign ?? ''])
      expect(told).not.toContain(secret);
  }
});
