import { runCaseScenarios } from '../../local/demo/case-scenario';
import { summaryOf } from '../../local/demo/summary';
import { type CaseWorld, openCaseWorld } from '../worlds/case-bot-world.fixture';

let world: CaseWorld;
beforeAll(async () => {
  world = await openCaseWorld();
});
afterAll(() => world.close());

const NOTHING = { count: 0, routes: {}, delivered: {}, failures: [], seconds: 0 };

it('the demo reports for each platform what failed, and ends', async () => {
  world.aws.support.subscribe('000000000000', 'none');
  const cases = await runCaseScenarios(world, { print: () => undefined, isBrief: true, timeoutMs: 250 });
  world.aws.support.subscribe('000000000000', 'business');
  for (const platform of ['dingtalk', 'feishu', 'slack'])
    expect(cases?.failures).toContain(`${platform}: AWS Support has no such case`);
  expect(cases?.failures.join('\n')).toMatch(/feishu: searches for a service: the bot wrote .*AWS 支持计划/);
  expect(cases).toMatchObject({ opened: 0, replies: 0, resolved: 0 });
  expect(summaryOf(NOTHING, cases)).toMatch(/failures {6}[1-9]/);
});

it('the demo takes a case from the first question to its end on each platform, and prints the conversation', async () => {
  const printed: string[] = [];
  const cases = await runCaseScenarios(world, { print: (text) => void printed.push(text), isBrief: false });
  expect(cases?.failures).toEqual([]);
  expect(cases).toMatchObject({ opened: 3, replies: 3, resolved: 3 });
  expect(summaryOf(NOTHING, cases)).toMatch(/3 opened, 3 replied to, 3 resolved, in \d/);
  for (const text of ['李雷: @Casebell 帮助', '可以这样使用', '请核对后提交', '工单已关闭'])
    expect(printed.join('\n')).toContain(text);
});
