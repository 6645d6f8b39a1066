import { readFileSync } from 'node:fs';
import { createClock, MODEL_CLOCK_RATE } from '../../local/clock';
import { type CaseWorld, openCaseWorld, PLATFORMS } from '../worlds/case-bot-world.fixture';

const TEXT = 'EC2 实例 i-0123456789abcdef0 从 10:00 (UTC+8) 起无法 SSH 连接，区域 ap-southeast-1，客户无法下单。';
const NOTICE = readFileSync('events/health-lifecycle.json', 'utf8');

let world: CaseWorld;
afterEach(() => world.close());
const start = async (parameters: Record<string, string>) => {
  world = await openCaseWorld({
    clock: createClock({ rate: MODEL_CLOCK_RATE }),
    parameters: { EnableLLM: 'true', CaseLanguage: 'zh', ...parameters },
  });
};
const DAY = 6_000;
/** Tokens that were spent, and how often a function had not enough left. */
const spent = () => world.lines.flatMap((line) => Number(/"tokens":(\d+)/.exec(line)?.[1] ?? []));
const refusedTo = (name: string) =>
  world.lines.filter((line) => line.startsWith(name) && line.includes('"reason":"budget"')).length;

it('a case that the model drafts is filed with a press, on every platform', async () => {
  await start({});
  for (const platform of PLATFORMS) {
    const person = world.person(platform);
    expect(await person.say(`开工单 ${TEXT}`)).toMatch(/请核对后提交[\s\S]*由 AI 起草[\s\S]*i-0123456789abcdef0/);
    await person.press('提交');
    expect(world.aws.support.engineer.cases()[0]?.communications[0]?.body).toContain(TEXT);
  }
  expect(world.aws.support.engineer.cases()).toHaveLength(3);
}, 600_000);

it('notifier and case bot share one token budget, and work without a model when it is used up', async () => {
  await start({ LlmDailyTokens: String(DAY) });
  const person = world.person('feishu');
  const draft = () => person.say(`开工单 ${TEXT}`);
  expect(await draft()).toContain('由 AI 起草');
  for (let times = 0; times < 5 && refusedTo('CaseWorker') === 0; times += 1) await draft();
  expect(await draft()).toContain('开 AWS 支持工单');
  for (let times = 0; times < 10 && refusedTo('Notifier') === 0; times += 1) {
    await world.send(NOTICE.replaceAll('d02a0fce33ee', `d02a0fce330${times}`));
    await world.stack.idle(20_000);
  }
  expect([refusedTo('CaseWorker') > 0, refusedTo('Notifier') > 0]).toEqual([true, true]);
  const total = spent().reduce((sum, tokens) => sum + tokens, 0);
  expect([total > DAY / 2, total <= DAY]).toEqual([true, true]);
}, 600_000);
