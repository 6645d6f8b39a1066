import type { PlatformName } from './platforms';
import { ROOMS } from './rooms';
import { enter, type Visitor } from './visitor';

/** A plain text as each platform wants it, said by a room that is secured by nothing. */
const card = (text: string) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: { type: 'AdaptiveCard', version: '1.4', body: [{ type: 'TextBlock', text, wrap: true }] },
});
const PLAIN: Record<PlatformName, (text: string) => unknown> = {
  dingtalk: (content) => ({ msgtype: 'text', text: { content } }),
  feishu: (text) => ({ msg_type: 'text', content: { text } }),
  wecom: (content) => ({ msgtype: 'text', text: { content } }),
  slack: (text) => ({ text }),
  teams: (text) => ({ type: 'message', attachments: [card(text)] }),
};

let visitor: Visitor;
afterEach(() => visitor.chats.close());

async function open(platform: PlatformName): Promise<(gap?: number) => Promise<boolean>> {
  const url = ROOMS.find((room) => room.platform === platform)?.url ?? '';
  visitor = await enter({ platform, url }, { limits: 'real' });
  /** Says something after so many milliseconds; whether it is shown. */
  return async (gap = 0) => {
    visitor.clock.now += gap;
    const shown = visitor.room.messages.length;
    await visitor.send(PLAIN[platform]('EC2 实例已停止'));
    return visitor.room.messages.length > shown;
  };
}

/** How many of so many messages are shown. */
async function shownOf(count: number, say: (gap?: number) => Promise<boolean>, gap = 0): Promise<number> {
  for (let sent = 0; sent < count; sent += 1) await say(sent > 0 ? gap : 0);
  return visitor.room.messages.length;
}

const platforms = Object.keys(PLAIN) as PlatformName[];

it.each(platforms)('shows a plain text in %s', async (platform) => {
  const say = await open(platform);
  expect(await say()).toBe(true);
  expect(visitor.room.messages[0]?.view).toMatchObject({ lines: ['EC2 实例已停止'] });
});

it.each([
  ['wecom', 20, 60_000],
  ['slack', 1, 1000],
  ['teams', 4, 1000],
  ['feishu', 5, 1000],
] as const)('lets %s show %i messages in any %i ms, and refuses the next', async (platform, count, within) => {
  const say = await open(platform);
  expect(await shownOf(count + 3, say)).toBe(count);
  expect(visitor.room.rejections).toHaveLength(3);
  expect(await say(within - 1)).toBe(false);
  expect(await say(1)).toBe(true);
});

it('lets Feishu show 100 in any minute', async () => {
  const say = await open('feishu');
  expect(await shownOf(105, say, 250)).toBe(100);
  expect(await say(60_000 - 104 * 250 - 1)).toBe(false);
  expect(await say(1)).toBe(true);
});

it('lets DingTalk show 20 in any minute, and holds the robot for ten minutes after one too many', async () => {
  const say = await open('dingtalk');
  expect(await shownOf(21, say)).toBe(20);
  expect(await say(599_999)).toBe(false);
  expect(await say(1)).toBe(true);
});

it('takes a text of 2,048 bytes in WeCom and no more', async () => {
  await open('wecom');
  const answers = [`${'钟'.repeat(682)}ab`, '钟'.repeat(683)].map((text) => visitor.send(PLAIN.wecom(text)));
  const codes = (await Promise.all(answers)).map(({ body }) => Object(body).errcode);
  expect(codes.sort()).toEqual([0, 40058]);
});
