import { DeliveryError } from '@casebell/im/bots';
import { processMessage } from './conversation/process-message';
import { openTestOffice, type TestOffice } from './test-office.fixture';
import { poll } from './updates/poll';

const DRAFT = '提工单\nsubject:慢\nbody:从 10:00 开始\nseverityCode:low\nserviceCode:aws-lambda\ncategoryCode:other';

let rejection: DeliveryError | undefined;
let at: TestOffice;
beforeEach(async () => {
  rejection = undefined;
  at = await openTestOffice({
    app: {
      async send(card, to) {
        if (rejection) throw rejection;
        at.spoken.push({ card, to });
        at.clock.now += 400;
      },
    },
  });
});
afterEach(() => at.close());

it('counts an answer, and how long somebody has waited for it', async () => {
  await at.say('帮助');
  expect([at.metrics.counts, at.metrics.values.CommandLatency ?? []]).toEqual([{ CommandsSucceeded: 1 }, [400]]);
});

it('counts what was not meant for it as nothing', async () => {
  await at.say('吃了吗', { isForBot: false });
  expect([at.metrics.counts, at.metrics.values]).toEqual([{}, {}]);
});

it('counts what it has refused by why, and how long that took', async () => {
  await at.say('设置管理员 ou_2');
  await at.aws.setFault('support', { kind: 'throttle', operation: 'DescribeServices' });
  await at.say('查找服务 EC2');
  const { dimensions, values, counts } = at.metrics;
  expect(dimensions.CommandsRejected).toEqual([{ reason: 'misunderstood' }, { reason: 'throttled' }]);
  expect([values.CommandLatency?.length, counts.CommandsSucceeded]).toEqual([2, undefined]);
});

it('counts every time that AWS Support is asked too often, also those after which the SDK tries again by itself', async () => {
  await at.aws.setFault('support', { kind: 'throttle', operation: 'DescribeServices', times: 2 });
  await at.say('查找服务 EC2');
  expect(at.metrics.counts).toEqual({ CommandsSucceeded: 1, SupportThrottled: 2 });
});

it('counts an answer that has to be given later', async () => {
  rejection = new DeliveryError('slack', { reason: 'busy', retryable: true, throttled: true });
  const message = { id: 'm', conversation: { id: 'c', kind: 'group' }, sender: { id: 'u' }, text: '帮助' };
  const body = JSON.stringify({
    bot: at.office.bot.name,
    message: { ...message, platform: 'slack', isForBot: true, sentAt: 0 },
  });
  await processMessage(body, 1, { botContext: async () => at.office, log: at.office.log }, async () => undefined);
  expect(at.metrics.counts).toEqual({ CommandsSucceeded: 1, CommandsRetried: 1 });
});

it('counts what AWS has answered when the chat has it', async () => {
  await at.say(DRAFT);
  await at.say('提交');
  const [filed] = at.aws.support.engineer.cases();
  at.clock.now += 60_000;
  at.aws.support.engineer.answer(filed?.displayId ?? '', '请重启', []);
  await poll(at.bureau);
  await poll(at.bureau);
  expect(at.metrics.counts.CaseUpdatesDelivered).toBe(1);
});

it('counts what a model has said, or why it has not, and what that has cost', async () => {
  const words = '从 10:00 起无法连接 EC2 实例 i-0123456789abcdef0，客户无法下单，请帮忙看看，谢谢';
  await at.close();
  at = await openTestOffice({ model: true });
  at.aws.bedrock.behave('throttle');
  await at.say(`开工单 ${words}`);
  expect([at.metrics.dimensions.ModelAnswersDropped, at.metrics.counts.ModelAnswersUsed]).toEqual([
    [{ reason: 'throttled' }],
    undefined,
  ]);
  at.aws.bedrock.behave('extractive');
  at.aws.bedrock.replyWith('subject: 无法连接 EC2 实例 i-0123456789abcdef0');
  await at.say(`开工单 ${words}`);
  expect([at.metrics.counts.ModelAnswersUsed, at.metrics.counts.ModelTokens]).toEqual([1, expect.any(Number)]);
});
