import { type Bot, startBot } from './bot.fixture';
import { CHANNEL, directId, SECRETS } from './organisation';

const [LI, ALICE, BOB] = ['U0LILEI001', 'U0ALICE003', 'U0BOBEX004'];
const TOKEN = { authorization: `Bearer ${SECRETS.botToken}` };

let bot: Bot;
beforeEach(async () => {
  bot = await startBot();
});
afterEach(() => bot.close());

async function call(method: string, args: object, headers: Record<string, string> = TOKEN) {
  const answer = await fetch(`${bot.platforms}/slack.com/api/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(args),
  });
  return {
    status: answer.status,
    wait: answer.headers.get('retry-after'),
    ...((await answer.json()) as { ts?: string }),
  };
}

const post = (args: object) => call('chat.postMessage', { channel: CHANNEL, text: 'x', ...args });
const input = (element: object) => ({ type: 'input', label: { type: 'plain_text', text: 'l' }, element });
const option = (text: string, value: string) => ({ text: { type: 'plain_text', text }, value });
const select = (more: object) => input({ type: 'static_select', action_id: 's', options: [option('a', 'a')], ...more });
const button = (more: object) => ({ type: 'button', text: { type: 'plain_text', text: 'b' }, ...more });

it('takes five answers at the address of a question, within half an hour', async () => {
  await bot.workspace.say(LI, CHANNEL, '/case open');
  const address = bot.heard[0]?.conversation.replyUrl?.url.replace('https:/', bot.platforms) ?? '';
  const say = async (message: object) => {
    const answer = await fetch(address, { method: 'POST', body: JSON.stringify(message) });
    return `${answer.status} ${await answer.text()}`;
  };
  const shown = () => bot.workspace.conversations[0]?.posts.filter(({ by }) => by === 'bot').length;
  expect(await say({ text: 'only you' })).toBe('200 ok');
  expect(shown()).toBe(0);
  expect(await say({ response_type: 'in_channel' })).toMatch(/^400 .*no_text/);
  for (let said = 1; said < 5; said++) expect(await say({ text: 'all', response_type: 'in_channel' })).toBe('200 ok');
  expect(shown()).toBe(4);
  expect(await say({ text: 'x' })).toMatch(/^404 .*used_url/);
  bot.clock.now += 30 * 60_000 + 1;
  expect(await say({ text: 'x' })).toMatch(/^404 .*expired_url/);
});

it('lets people do what they can do in Slack, and nothing else', async () => {
  const { workspace } = bot;
  await expect(workspace.say(LI, directId(ALICE), 'x')).rejects.toThrow(/is not in/);
  await expect(workspace.say('U0NOBODY', CHANNEL, 'x')).rejects.toThrow(/is not in/);
  await expect(workspace.say(LI, 'C0NOBODY00', 'x')).rejects.toThrow(/no talk/);
  await expect(workspace.say(LI, CHANNEL, '/other x')).rejects.toThrow(/not a valid command/);
  await expect(workspace.say(BOB, CHANNEL, '/case x')).rejects.toThrow(/not a valid command/);
  await expect(workspace.press(LI, CHANNEL, 'x')).rejects.toThrow(/no button x/);
  await expect(workspace.submit(LI, CHANNEL, {})).rejects.toThrow(/no form/);
  const root = await post({ blocks: [select({}), { type: 'actions', elements: [button({ value: 'v' })] }] });
  await expect(workspace.say(LI, root.ts ?? '', '/case x')).rejects.toThrow(/not supported in threads/);
  await expect(workspace.submit(LI, CHANNEL, { s: 'z' })).rejects.toThrow(/no z to choose/);
  await expect(workspace.submit(LI, CHANNEL, { t: 'z' })).rejects.toThrow(/no field t/);
});

it('shows what can be pressed and filled in', async () => {
  await bot.app.send(
    {
      title: '新工单',
      severity: 'warning',
      buttons: [{ label: '算了', command: 'cancel' }],
      form: {
        command: 'open',
        submit: '提交',
        fields: [{ name: 'subject', label: '主题', hint: '一句话', value: '' }],
      },
    },
    { id: CHANNEL, kind: 'group' },
  );
  const [group] = bot.workspace.conversations;
  expect(group?.posts[0]).toMatchObject({
    by: 'bot',
    view: { title: '新工单', mark: '🟠', lines: ['算了', '主题: [一句话]', '提交'] },
    controls: [
      { kind: 'button', label: '算了' },
      { kind: 'form', submit: '提交', fields: [{ name: 'subject', label: '主题', value: '' }] },
    ],
  });
});
