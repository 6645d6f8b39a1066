import { Session } from 'node:inspector/promises';
import { relative, resolve } from 'node:path';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Application, startApplication } from '../../local/application';
import type { Conversation } from '../../local/chat/workspace';
import { resolveValue } from '../../local/stack/intrinsics';
import { createPlan } from '../../local/stack/plan';
import { readTemplate } from '../../local/stack/template';
import { eventFile } from '../worlds/notifier-world.fixture';

const SLACK_WEBHOOK = `https://hooks.slack.com/services/T${'0'.repeat(8)}/B${'0'.repeat(8)}/${'X'.repeat(24)}`;
const BUILT_IN_PLUGINS = resolve('dist/layers/plugins/nodejs/plugins/built-in');
const PRODUCT = /^(functions|layers|plugins)\/.*\.ts$/;
const DISABLED = { Properties: { Enabled: false } };

/** The application's stack; its notifier and worker take nothing from their queues, because this process runs their code. */
let application: Application;
const session = new Session();
beforeAll(async () => {
  application = await startApplication({
    port: 0,
    parameters: { WebhookUrl: SLACK_WEBHOOK, WebhookSecret: '', Keyword: '' },
    log: () => undefined,
    overrides: {
      Notifier: { Events: { Queue: DISABLED, Delivery: DISABLED, Sweep: DISABLED } },
      CaseWorker: { Events: { Queue: DISABLED, Updates: DISABLED, Poll: DISABLED } },
    },
  });
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
});
afterAll(async () => {
  session.disconnect();
  await application.close();
});

/** Sets the environment that Lambda would give to a function of the stack. */
async function useEnvironmentOf(id: string): Promise<void> {
  const { aws, chats, stack } = application;
  const identity = { stackName: 'casebell', account: aws.account, region: aws.region };
  const [slack] = chats.workspaces.filter(({ platform }) => platform === 'slack');
  const { signingSecret = '', botToken = '' } = slack?.secrets ?? {};
  const parameters = { WebhookUrl: SLACK_WEBHOOK, SlackSigningSecret: signingSecret, SlackBotToken: botToken };
  const plan = createPlan(await readTemplate('template.yaml'), parameters, identity);
  const scope = plan.scope(new Map(Object.entries(stack.resources)));
  const { Environment } = resolveValue(plan.resources[id]?.properties, scope) as {
    Environment: { Variables: Record<string, string> };
  };
  const more = { CHAT_ENDPOINT_URL: chats.url, PLUGIN_PATH: BUILT_IN_PLUGINS };
  Object.assign(process.env, aws.env, Environment.Variables, more);
}

/** The product files of which a function ran since the last call; a file that is only loaded does not count. */
async function filesRun(): Promise<string[]> {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const files = result
    .filter(({ functions }) => functions.some(({ functionName, ranges }) => functionName !== '' && ranges[0]?.count))
    .map(({ url }) => relative(process.cwd(), url.replace('file://', '')))
    .map((file) =>
      file.replace(/^dist\/layers\/plugins\/nodejs\/plugins\/built-in\/(.*)\.cjs$/, 'plugins/$1/formatter.ts'),
    );
  return [...new Set(files)].filter((file) => PRODUCT.test(file) && !/\.(fixture|test)\.ts$/.test(file)).sort();
}

async function nextRecord(queueUrl: string, queueArn: string) {
  const { aws } = application;
  const credentials = { accessKeyId: aws.env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: 'local' };
  const endpoint = aws.env.AWS_ENDPOINT_URL_SQS;
  const sqs = new SQSClient({ region: aws.region, endpoint, useQueueUrlAsEndpoint: false, credentials });
  const request = new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 10, VisibilityTimeout: 300 });
  const { Messages: [message] = [] } = await sqs.send(request);
  // As Lambda does after success; the next message of a FIFO group waits for it.
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: message?.ReceiptHandle }));
  sqs.destroy();
  return {
    Records: [
      {
        messageId: message?.MessageId ?? '',
        receiptHandle: message?.ReceiptHandle ?? '',
        body: message?.Body ?? '',
        attributes: { ApproximateReceiveCount: '1' },
        eventSource: 'aws:sqs',
        eventSourceARN: queueArn,
      },
    ],
  } as never;
}

const queueOf = (id: string): [url: string, arn: string] => {
  const { ref = '', attributes = {} } = application.stack.resources[id] ?? {};
  return [ref, attributes.Arn ?? ''];
};

function report(flow: string, files: readonly string[]): void {
  process.stdout.write(`${flow}: ${files.length} files\n${files.map((file) => `  ${file}\n`).join('')}`);
}

it('one event to one Slack webhook runs code of at most 42 files', async () => {
  await useEnvironmentOf('Notifier');
  const { handler }: typeof import('../../functions/notifier/handler') = require('../../functions/notifier/handler');
  await application.send(eventFile('ec2-stopped'));
  const record = await nextRecord(...queueOf('EventQueue'));
  await handler({ casebell: 'sweep' });
  await filesRun();
  await handler(record);
  const files = await filesRun();
  report('event to Slack', files);
  expect(files.length).toBeLessThanOrEqual(42);
});

it('one message on Slack to its reply runs code of at most 41 files, an AWS reply of at most 39', async () => {
  const slack = application.chats.workspaces.find(({ platform }) => platform === 'slack');
  const [, user] = slack?.users ?? [];
  const isWithUser = ({ kind, members }: Conversation) => kind === 'direct' && members.includes(user?.id ?? '');
  const directConversation = slack?.conversations.find(isWithUser);
  await useEnvironmentOf('CaseCallback');
  const callback: typeof import('../../functions/case-bot/callback') = require('../../functions/case-bot/callback');
  await useEnvironmentOf('CaseWorker');
  const worker: typeof import('../../functions/case-bot/worker') = require('../../functions/case-bot/worker');
  const say = async (text: string) => {
    const { headers, body } = slack?.createCallback(user?.id ?? '', directConversation?.id ?? '', text) ?? {};
    const event = {
      pathParameters: { platform: 'slack', bot: 'main' },
      headers,
      body,
      requestContext: { http: { method: 'POST' } },
    };
    await callback.handler(event as never);
    await worker.handler(await nextRecord(...queueOf('CaseQueue')));
  };
  await say('提工单\nsubject:慢\nbody:从 10:00 开始\nseverityCode:low\nserviceCode:aws-lambda\ncategoryCode:other');
  await say('提交');
  const [filed] = application.aws.support.engineer.cases();
  await filesRun();
  await say(`工单详情 ${filed?.displayId}`);
  const chat = await filesRun();
  report('message on Slack', chat);
  application.aws.support.engineer.answer(filed?.displayId ?? '', '请重启', []);
  const update = await nextRecord(...queueOf('CaseUpdateQueue'));
  await filesRun();
  await worker.handler(update);
  const reply = await filesRun();
  report('AWS reply', reply);
  expect(chat.length).toBeLessThanOrEqual(41);
  expect(reply.length).toBeLessThanOrEqual(39);
});
