import type { Chats } from './chats';
import type { Message, Room } from './rooms';
import { startChats } from './start-chats';
import { enter, type Visitor } from './visitor';

const WECOM = { platform: 'wecom', url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123' } as const;
const hello = { msgtype: 'text', text: { content: '你好' } };

describe('the chat platforms of this machine', () => {
  let chats: Chats;
  afterEach(() => chats.close());

  it('are one room on each of five platforms, at the real hosts', async () => {
    chats = await startChats();
    expect(chats.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(chats.rooms.map(({ platform, url }) => [platform, new URL(url).host])).toEqual([
      ['dingtalk', 'oapi.dingtalk.com'],
      ['feishu', 'open.feishu.cn'],
      ['wecom', 'qyapi.weixin.qq.com'],
      ['slack', 'hooks.slack.com'],
      ['teams', expect.stringMatching(/\.environment\.api\.powerplatform\.com$/)],
    ]);
    expect(chats.rooms[0]).toMatchObject({ secret: expect.stringMatching(/^SEC\w{64}$/), keyword: 'Casebell' });
    expect(chats.rooms[1]?.secret).toBeTruthy();
  });

  it('say which port is taken and what to do', async () => {
    chats = await startChats();
    const port = Number(new URL(chats.url).port);
    await expect(startChats({ port })).rejects.toThrow(
      new RegExp(`Port ${port} is taken: .*choose another with --port`),
    );
  });

  it.each(['/', '/live', '//x', '/example.com/x', '/constructor'])('answer 404 to a POST to %s', async (path) => {
    chats = await startChats();
    expect((await fetch(chats.url + path, { method: 'POST' })).status).toBe(404);
  });
});

describe('a room', () => {
  let visitor: Visitor;
  beforeEach(async () => {
    visitor = await enter(WECOM);
  });
  afterEach(() => visitor.chats.close());

  it('tells its listeners of every message it shows, and of no refusal', async () => {
    const heard: [Room, Message][] = [];
    visitor.chats.onMessage((room, message) => heard.push([room, message]));
    await visitor.send({ msgtype: 'x' });
    await visitor.send(hello);
    expect(heard).toEqual([[visitor.room, visitor.room.messages[0]]]);
    expect(heard[0]?.[1]).toMatchObject({ payload: hello, bytes: Buffer.byteLength(JSON.stringify(hello)) });
  });

  it('keeps every refusal with the answer the platform gave', async () => {
    const { body } = await visitor.send({ msgtype: 'x' });
    expect(visitor.room.rejections).toEqual([{ at: visitor.clock.now, status: 200, body }]);
  });

  it('answers what it is told to, as often as it is told, and then is well again', async () => {
    visitor.room.fault = {
      times: 2,
      kind: 'answer',
      status: 503,
      body: { busy: true },
      headers: { 'retry-after': '7' },
    };
    const first = await visitor.send(hello);
    expect([first.status, first.body, first.headers.get('retry-after')]).toEqual([503, { busy: true }, '7']);
    expect((await visitor.send(hello)).status).toBe(503);
    expect((await visitor.send(hello)).status).toBe(200);
    expect(visitor.room.rejections).toHaveLength(2);
  });

  it('answers 500 where only that is asked for', async () => {
    visitor.room.fault = { times: 1, kind: 'answer' };
    expect((await visitor.send(hello)).status).toBe(500);
  });

  it('can cut the connection without having read the message', async () => {
    visitor.room.fault = { times: 1, kind: 'reset' };
    await expect(visitor.send(hello)).rejects.toThrow('fetch failed');
    expect(visitor.room.messages).toEqual([]);
    expect((await visitor.send(hello)).status).toBe(200);
  });

  it('can show the message and lose the answer', async () => {
    visitor.room.fault = { times: 1, kind: 'lost' };
    await expect(visitor.send(hello)).rejects.toThrow('fetch failed');
    expect(visitor.room.messages).toHaveLength(1);
  });

  it('can take its time, and answers properly then', async () => {
    visitor.room.fault = { times: 1, kind: 'slow', ms: 150 };
    const began = performance.now();
    expect(await visitor.send(hello)).toMatchObject({ status: 200, body: { errcode: 0 } });
    expect(performance.now() - began).toBeGreaterThan(140);
    expect(visitor.room.messages).toHaveLength(1);
    visitor.room.fault = { times: 1, kind: 'slow', ms: 3_600_000 };
    const late = expect(visitor.send(hello)).rejects.toThrow('fetch failed');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([visitor.chats.close(), late]);
    visitor = await enter(WECOM);
  });

  it('can hang for ever, and closing does not wait for it', async () => {
    visitor.room.fault = { times: 1, kind: 'hang' };
    const hanging = visitor.send(hello);
    const answer = await Promise.race([hanging, new Promise((resolve) => setTimeout(resolve, 100, 'silence'))]);
    expect(answer).toBe('silence');
    await Promise.all([visitor.chats.close(), expect(hanging).rejects.toThrow('fetch failed')]);
    visitor = await enter(WECOM);
  });
});

it('tell whoever watches of every call of a bot, before and after it', async () => {
  const chats = await startChats();
  const seen: string[] = [];
  const end = chats.watch(({ name, when }) => void seen.push(`${when} ${name}`));
  const call = () => fetch(`${chats.url}/slack.com/api/auth.test?token=xoxb-0`, { method: 'POST' });
  await call();
  end();
  await call();
  await chats.close();
  expect(seen).toEqual(['before slack POST /api/auth.test', 'after slack POST /api/auth.test']);
});
