import { startChats } from './chats';
import { emojiOf, splitMark, toneOf } from './message-view';
import { createRateLimiter, waitMs } from './rate-limit';
import type { Fault, Message, Room } from './rooms';
import { openWebhook, type WebhookClient } from './webhook.fixture';

const SETUP = { platform: 'wecom', url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123' } as const;
const hello = { msgtype: 'text', text: { content: '你好' } };

describe('startChats()', () => {
  it('opens one room on each platform, with the real hosts', async () => {
    const chats = await startChats();
    expect(chats.rooms.map(({ platform, url }) => [platform, new URL(url).host])).toEqual([
      ['dingtalk', 'oapi.dingtalk.com'],
      ['feishu', 'open.feishu.cn'],
      ['wecom', 'qyapi.weixin.qq.com'],
      ['slack', 'hooks.slack.com'],
      ['teams', expect.stringMatching(/\.environment\.api\.powerplatform\.com$/)],
    ]);
    expect(chats.rooms[0]).toMatchObject({ secret: expect.stringMatching(/^SEC\w{64}$/), keyword: 'Casebell' });
    for (const path of ['/', '/live', '//x', '/example.com/x', '/constructor'])
      expect((await fetch(chats.url + path, { method: 'POST' })).status).toBe(404);
    const port = Number(new URL(chats.url).port);
    await expect(startChats({ port })).rejects.toThrow(`Port ${port} is in use`);
    await chats.close();
  });

  it('calls hooks before and after each API request of a bot', async () => {
    const chats = await startChats();
    const calls: string[] = [];
    const end = chats.watch(({ name, when }) => void calls.push(`${when} ${name}`));
    const call = () => fetch(`${chats.url}/slack.com/api/auth.test?token=xoxb-0`, { method: 'POST' });
    await call();
    end();
    await call();
    await chats.close();
    expect(calls).toEqual(['before slack POST /api/auth.test', 'after slack POST /api/auth.test']);
  });
});

describe('a room', () => {
  let client: WebhookClient;
  beforeEach(async () => {
    client = await openWebhook(SETUP);
  });
  afterEach(() => client.chats.close());

  it('notifies listeners of each message, and records each rejection with the response', async () => {
    const received: [Room, Message][] = [];
    client.chats.onMessage((room, message) => received.push([room, message]));
    const { body } = await client.send({ msgtype: 'x' });
    await client.send(hello);
    expect(received).toEqual([[client.room, client.room.messages[0]]]);
    expect(received[0]?.[1]).toMatchObject({ payload: hello, bytes: Buffer.byteLength(JSON.stringify(hello)) });
    expect(client.room.rejections).toEqual([{ at: client.clock.now, status: 200, body }]);
  });

  it('answers with a fault as often as it is set, and then works again', async () => {
    const headers = { 'retry-after': '7' };
    client.room.fault = { times: 2, kind: 'answer', status: 503, body: { busy: true }, headers };
    const first = await client.send(hello);
    expect([first.status, first.body, first.headers.get('retry-after')]).toEqual([503, { busy: true }, '7']);
    expect((await client.send(hello)).status).toBe(503);
    expect((await client.send(hello)).status).toBe(200);
    expect(client.room.rejections).toHaveLength(2);
  });

  it.each<[string, Partial<Fault>, number | string, number]>([
    ['answers 500 by default', { kind: 'answer' }, 500, 0],
    ['cuts the connection without a message', { kind: 'reset' }, 'fetch failed', 0],
    ['loses the response of a posted message', { kind: 'lost' }, 'fetch failed', 1],
    ['answers late', { kind: 'slow', delayMs: 20 }, 200, 1],
    ['only disturbs requests with its text', { kind: 'answer', bodyContains: 'absent' }, 200, 1],
  ])('%s', async (_, fault, result, messages) => {
    client.room.fault = { times: 1, kind: 'answer', ...fault };
    const sent = client.send(hello);
    if (typeof result === 'number') expect((await sent).status).toBe(result);
    else await expect(sent).rejects.toThrow(result);
    expect(client.room.messages).toHaveLength(messages);
  });

  it.each([{ kind: 'hang' }, { kind: 'slow', delayMs: 3_600_000 }] as const)(
    'closes while a request is pending (%j)',
    async (fault) => {
      const closing = await openWebhook(SETUP);
      closing.room.fault = { times: 1, ...fault };
      const pending = expect(closing.send(hello)).rejects.toThrow('fetch failed');
      while (closing.room.fault.times > 0) await new Promise(setImmediate);
      await Promise.all([closing.chats.close(), pending]);
    },
  );
});

describe('a rate limit', () => {
  const log = (limits: 'real' | 'off' = 'real') => ({ limits, requestTimes: [] });
  it('is the strictest of several rolling windows, and counts allowed requests only', () => {
    const one = log();
    const limit = { count: 2, windowMs: 1000 };
    expect([0, 400, 900, 1000, 1100, 1400].map((now) => waitMs(one, now, [limit]))).toEqual([0, 0, 100, 0, 300, 0]);
    const both = log();
    const limits = [{ count: 1, windowMs: 100 }, limit];
    expect([0, 50, 100, 300].map((now) => waitMs(both, now, limits))).toEqual([0, 50, 0, 700]);
    const off = log('off');
    expect([0, 0].map((now) => waitMs(off, now, [{ count: 1, windowMs: 1000 }]))).toEqual([0, 0]);
    const perKey = createRateLimiter();
    expect(['a', 'b', 'a'].map((key) => perKey(key, 0, { count: 1, windowMs: 1000 }))).toEqual([0, 0, 1000]);
  });
});

describe('a severity mark', () => {
  it.each([
    ['critical', '🔴 carmine Attention #d32f2f'],
    ['warning', '⚠️ orange #f9a825'],
    ['good', '✅ #2eb67d'],
    ['info', '#1565c0 wathet'],
    ['plain', 'grey #888888'],
  ])('has the tone %s: %s', (tone, marks) => {
    expect(marks.split(' ').map(toneOf)).toEqual(marks.split(' ').map(() => tone));
  });

  it('is split off a title, and shown as an emoji', () => {
    expect(splitMark('⚠️ 告警')).toEqual({ mark: '⚠️', title: '告警' });
    expect(splitMark('42 alarms')).toEqual({ mark: '', title: '42 alarms' });
    expect([emojiOf('red'), emojiOf('🔧'), emojiOf('grey')]).toEqual(['🔴', '🔧', '']);
  });
});
