import { createBotRuntime } from '@casebell/im/bots';
import { createBotRegistry } from './webhook/bot-registry';

const DEFAULTS = { language: 'en', caseLanguage: 'en', admins: [] } as const;
const MINUTES = 60_000;
const OPS = { appKey: 'k', appSecret: 'hunter2', accounts: ['prod'] };

let texts: string[];
let now = 0;
let lines: string[];
const open = () =>
  createBotRegistry(
    async () => texts,
    DEFAULTS,
    { ...createBotRuntime(), now: () => now },
    {
      error: (what, facts) => void lines.push(`${what} ${JSON.stringify(facts)}`),
    },
  );
beforeEach(() => {
  now = 0;
  lines = [];
  texts = [JSON.stringify({ 'slack/main': { botToken: 'xoxb-1' } }), JSON.stringify({ 'dingtalk/ops': OPS })];
});

it('opens the bots that can be read, beside one that cannot, and says which and why', async () => {
  texts[1] = JSON.stringify({ 'dingtalk/ops': { ...OPS, appSecret: { is: 'hunter2' } } });
  const bots = open();
  expect([...(await bots.all()).keys()]).toEqual(['slack/main']);
  expect(bots.problems()).toMatchObject([{ bot: 'dingtalk/ops' }]);
  expect(lines).toEqual([expect.stringMatching(/^bot\.left-out .*dingtalk\/ops.*appSecret/)]);
  expect(lines.join()).not.toContain('hunter2');
});
it('goes on with a bot as it was read before, and forgets one that was taken out', async () => {
  const bots = open();
  await bots.all();
  for (const spoilt of ['{"dingtalk/ops": {', JSON.stringify({ 'dingtalk/ops': 'x' })]) {
    texts[1] = spoilt;
    now += 6 * MINUTES;
    await bots.all();
    await bots.whenIdle();
    expect((await bots.find('dingtalk/ops'))?.bot.accounts).toEqual(['prod']);
  }
  texts[1] = '{}';
  now += 6 * MINUTES;
  await bots.all();
  await bots.whenIdle();
  expect([...(await bots.all()).keys()]).toEqual(['slack/main']);
  expect(bots.problems()).toEqual([]);
});
it('reads again for whoever is turned away, at most every ten seconds', async () => {
  let reads = 0;
  const read = async () => {
    reads += 1;
    return texts;
  };
  const bots = createBotRegistry(read, DEFAULTS, { ...createBotRuntime(), now: () => now }, { error: () => undefined });
  await bots.all();
  now += 9_000;
  expect(await bots.refresh('slack/main')).toBeUndefined();
  texts[0] = JSON.stringify({ 'slack/main': { botToken: 'xoxb-2' } });
  now += 1_000;
  const renewed = await Promise.all([bots.refresh('slack/main'), bots.refresh('slack/main')]);
  expect(renewed[0]?.bot.secrets).toMatchObject({ botToken: 'xoxb-2' });
  expect((await bots.find('slack/main'))?.bot.secrets).toMatchObject({ botToken: 'xoxb-2' });
  expect(reads).toBe(2);
});
