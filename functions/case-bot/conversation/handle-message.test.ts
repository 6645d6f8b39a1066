import { LEASE_MS } from '../domain/case-store';
import { createTestContext, fileCase, type TestContext } from '../test-context.fixture';
import { handleMessage } from './handle-message';

let t: TestContext;
beforeEach(() => {
  t = createTestContext({ hasGroups: true });
});
const communications = () => t.support.engineer.cases()[0]?.communications ?? [];
const home = async () => ({ conversation: { id: (await fileCase(t)).group, kind: 'group' as const } });

it('a repeated delivery sends nothing again once the message is answered', async () => {
  const message = t.message('帮助');
  for (const _ of [1, 2]) await handleMessage(message, t.ctx);
  expect([t.chat.sends.length, t.lines.at(-1)]).toEqual([1, expect.stringContaining('message.duplicate')]);
});
it('an answer that may have been shown is sent again with the same key, marked as a retry', async () => {
  const message = t.message('帮助');
  t.chat.lostAnswers = 1;
  await expect(handleMessage(message, t.ctx)).rejects.toThrow('lost');
  t.clock.now += LEASE_MS;
  await handleMessage(message, t.ctx);
  const key = `dingtalk/main/${message.id}`;
  expect(t.chat.sends).toEqual([
    { key, isRetry: false },
    { key, isRetry: true },
  ]);
  expect(t.chat.posts).toHaveLength(1);
});
it('a message that only calls the bot in the conversation of a case writes nothing to AWS', async () => {
  const place = await home();
  expect((await t.say('', place))?.text).toContain('都会回复到工单');
  expect(await t.say(' ', { ...place, isForBot: false })).toBeUndefined();
  expect(communications()).toHaveLength(1);
});
it('the rest of a long reply is sent later where AWS throttles after its first part', async () => {
  const long = t.message('日志。'.repeat(4_000), await home());
  const { controls } = t.support;
  controls.onCall = (operation) => {
    if (operation === 'AddCommunicationToCase') controls.fault = { kind: 'throttle', operation };
  };
  await expect(handleMessage(long, t.ctx)).rejects.toMatchObject({ userMessage: expect.anything() });
  Object.assign(controls, { onCall: undefined, fault: undefined });
  t.clock.now += LEASE_MS;
  await handleMessage(long, t.ctx);
  expect(communications().filter(({ body }) => body.includes('日志'))).toHaveLength(2);
});

describe('metrics', () => {
  beforeEach(() => {
    t.chat.beforeSend = () => {
      t.clock.now += 400;
    };
  });
  const rejected = () => t.metrics.dimensions.CommandsRejected?.map(({ reason }) => reason);

  it('count a command that succeeded, and its latency', async () => {
    await t.say('帮助');
    expect(t.metrics).toMatchObject({ counts: { CommandsSucceeded: 1 }, values: { CommandLatency: [400] } });
  });
  it('count nothing for a message that is not for the bot', async () => {
    await t.say('吃了吗', { isForBot: false });
    expect([t.metrics.counts, t.metrics.values]).toEqual([{}, {}]);
  });
  it('count rejected commands by their reason', async () => {
    await t.say('设置管理员 ou_2');
    t.support.controls.fault = { kind: 'throttle', operation: 'DescribeServices' };
    await t.say('查找服务 EC2');
    expect(rejected()).toEqual(['user-input', 'throttled']);
    expect(t.metrics).toMatchObject({ counts: { CommandsRejected: 2 }, values: { CommandLatency: [400, 400] } });
  });
  it('count answers of the model that were used, the others by their reason, and what they cost', async () => {
    t = createTestContext({ hasModel: true });
    const text = '从 10:00 起无法连接 EC2 实例 i-0123456789abcdef0，客户无法下单，请帮忙看看，谢谢';
    t.model.fails('ThrottlingException');
    await t.say(`开工单 ${text}`);
    expect(t.metrics.dimensions.ModelAnswersDropped).toEqual([{ reason: 'throttled' }]);
    t.model.answers('subject: 无法连接 EC2 实例 i-0123456789abcdef0');
    await t.say(`开工单 ${text}`);
    expect(t.metrics.counts).toMatchObject({ ModelAnswersUsed: 1, ModelTokens: 100, ModelAnswersDropped: 1 });
  });
});
