import { createBotRuntime } from '@casebell/im/bots';
import { createBotRegistry } from './bot-registry';

const DEFAULTS = { language: 'en', caseLanguage: 'en', admins: [] } as const;
const MINUTE_MS = 60_000;
const OPS = { appKey: 'k', appSecret: 'hunter2', accounts: ['prod'] };

let texts: string[];
let now: number;
let reads: number;
let lines: string[];
const open = () =>
  createBotRegistry(
    async () => {
      reads += 1;
      return texts;
    },
    DEFAULTS,
    { ...createBotRuntime(), now: () => now },
    { error: (name, facts) => void lines.push(`${name} ${JSON.stringify(facts)}`) },
  );
beforeEach(() => {
  [now, reads, lines] = [0, 0, []];
  texts = [JSON.stringify({ 'slack/main': { botToken: 'xoxb-1' } }), JSON.stringify({ 'dingtalk/ops': OPS })];
});

it('opens the bots whose secrets are valid, and logs the others with the reason', async () => {
  texts[1] = JSON.stringify({ 'dingtalk/ops': { ...OPS, appSecret: { is: 'hunter2' } } });
  const bots = open();
  expect([...(await bots.all()).keys()]).toEqual(['slack/main']);
  expect(bots.problems()).toMatchObject([{ bot: 'dingtalk/ops' }]);
  expect(lines).toEqual([expect.stringMatching(/^bot\.invalid_config .*dingtalk\/ops.*appSecret/)]);
  expect(lines.join()).not.toContain('hunter2');
});
it('keeps a bot as it was while its secret is invalid, and forgets one that was removed', async () => {
  const bots = open();
  await bots.all();
  for (const invalid of ['{"dingtalk/ops": {', JSON.stringify({ 'dingtalk/ops': 'x' })]) {
    texts[1] = invalid;
    now += 6 * MINUTE_MS;
    await bots.all();
    await bots.whenIdle();
    expect((await bots.find('dingtalk/ops'))?.bot.accounts).toEqual(['prod']);
  }
  texts[1] = '{}';
  now += 6 * MINUTE_MS;
  await bots.all();
  await bots.whenIdle();
  expect([...(await bots.all()).keys()]).toEqual(['slack/main']);
  expect(bots.problems()).toEqual([]);
});
it('reads its secrets again for a rejected callback, at most every ten seconds', async () => {
  const bots = open();
  await bots.all();
  now += 9_000;
  expect(await bots.refresh('slack/main')).toBeUndefined();
  texts[0] = JSON.stringify({ 'slack/main': { botToken: 'xoxb-2' } });
  now += 1_000;
  const refreshed = await Promise.all([bots.refresh('slack/main'), bots.refresh('slack/main')]);
  expect(refreshed[0]?.bot.secrets).toMatchObject({ botToken: 'xoxb-2' });
  expect((await bots.find('slack/main'))?.bot.secrets).toMatchObject({ botToken: 'xoxb-2' });
  expect(reads).toBe(2);
});
