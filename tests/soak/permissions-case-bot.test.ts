import type { LocalAws } from '../../local/aws/start-aws';
import { waitForReply } from '../../local/demo/context';
import { actionsOf, readTemplate } from '../gates/template.fixture';
import { type CaseWorld, conversationIdOf, openCaseWorld, textForm } from '../worlds/case-bot-world.fixture';

const template = readTemplate('template.yaml');
const ROLE = 'arn:aws:iam::222233334444:role/casebell-cases';

/** Calls of Lambda itself to a queue that it polls, with the function's role. */
const POLLING = ['sqs.ReceiveMessage', 'sqs.DeleteMessageBatch'];

let world: CaseWorld;
afterEach(() => world.close());

/** The IAM actions of all calls that are made meanwhile. */
async function calledIn({ usage }: LocalAws, act: () => Promise<unknown>): Promise<string[]> {
  const before = (await usage()).requests;
  await act();
  const after = (await usage()).requests;
  const called = Object.keys(after).filter((name) => after[name] !== before[name] && !POLLING.includes(name));
  return called.map((name) => name.replace('.', ':')).sort();
}

/** The local AWS does not enforce IAM: these tests prove that a role allows what its function calls, and nothing else. */
it('the role of the callback function allows exactly what it calls', async () => {
  world = await openCaseWorld({
    overrides: { CaseWorker: { Events: { Queue: { Properties: { Enabled: false } } } } },
  });
  const { conversations, users, say } = world.workspace('feishu');
  await world.stack.crash('CaseCallback');
  const called = await calledIn(world.aws, () =>
    say(users[0]?.id ?? '', conversations[0]?.id ?? '', '帮助', { mention: true }),
  );
  expect(called).toEqual(actionsOf(template, 'CaseCallbackRole'));
});

it('the role of the worker allows exactly what it calls', async () => {
  world = await openCaseWorld({
    parameters: {
      ...{ CaseRoleArns: ROLE, CaseAccountNames: 'production' },
      ...{ EnableLLM: 'true', LlmDailyTokens: '100000' },
    },
    prepare: async (aws) => {
      aws.trust({ roleArn: ROLE, principal: aws.account });
      return {};
    },
  });
  const boss = world.person('feishu', 0);
  const called = await calledIn(world.aws, async () => {
    await bothWays(boss);
    await everyCommand(boss);
  });
  const own = called.filter((action) => action !== 'sqs:SendMessage');
  // Bedrock knows no permission for Converse (Service Authorization Reference).
  expect(own.map((action) => action.replace('bedrock:Converse', 'bedrock:InvokeModel'))).toEqual(
    ['CaseWorkerRole', 'LlmPolicy'].flatMap((id) => actionsOf(template, id)).sort(),
  );
  // The world reads the queues too while it waits until nothing is in progress; here only the worker does.
  const ofQueues = await calledIn(world.aws, () => check(boss.id));
  expect(ofQueues).toContain('sqs:GetQueueAttributes');
});

async function check(by: string): Promise<void> {
  const workspace = world.workspace('feishu');
  const say = () => workspace.say(by, workspace.conversations[0]?.id ?? '', '检查配置', { mention: true });
  expect((await waitForReply(workspace, say, () => /一切正常/, 10_000)).ms).toBeDefined();
}

/** Files through both kinds of upload, and a reply of AWS with a file, which is visible some seconds after its event. */
async function bothWays(boss: ReturnType<CaseWorld['person']>): Promise<void> {
  await boss.say(textForm('both ways', { account: 'main' }));
  await boss.press('提交');
  const number = world.cases('both ways')[0]?.displayId ?? '';
  const workspace = world.workspace('feishu');
  const group = conversationIdOf(workspace, number);
  const share = async (name: string, size: number) => {
    await workspace.share(boss.id, group, { name, kind: 'file', bytes: new Uint8Array(size).fill(65) });
    await world.stack.idle(20_000);
  };
  await share('small.pdf', 1_000);
  await share('large.pdf', 6 * 2 ** 20);
  world.aws.support.lag(5_000);
  world.aws.support.engineer.answer(number, '见附件', [{ fileName: 'steps.pdf', data: Buffer.from('%PDF') }]);
  await world.stack.idle(20_000);
  world.aws.support.lag(0);
  expect(world.cases('both ways')[0]?.communications.flatMap(({ fileNames }) => fileNames)).toEqual(
    expect.arrayContaining(['small.pdf', 'large.pdf']),
  );
}

async function everyCommand(boss: ReturnType<CaseWorld['person']>): Promise<void> {
  for (const account of ['main', 'production']) {
    await boss.say(textForm(account, { account }));
    await boss.press('提交');
  }
  const number = world.cases('production')[0]?.displayId;
  const words = [
    ...['帮助', '查找服务 EC2', '历史', `工单 ${number}`, `回复 ${number} 好`, `确认关闭 ${number}`],
    ...['开工单 又一个', '填写', '修改', '放弃', '内容 无', '提交'],
    ...['添加白名单 ou_1', '查看白名单', '删除白名单 ou_1', '关闭白名单', '设置管理员 ou_2', '检查配置'],
  ];
  for (const one of words) expect(await boss.say(one)).not.toBe('');
}
