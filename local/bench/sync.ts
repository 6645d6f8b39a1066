import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateCaseCommand, SupportClient } from '@aws-sdk/client-support';
import { createCaseReader } from '../../functions/case-bot/aws/support/read-cases';
import { createDynamoDbCaseStore } from '../../functions/case-bot/store/dynamodb-case-store';
import { createDocumentStore } from '../../functions/case-bot/store/dynamodb-documents';
import { toCaseReply } from '../../functions/case-bot/updates/case-replies';
import { type Application, startApplication } from '../application';
import { botPlatformWith } from '../chat/platforms';
import type { Conversation } from '../chat/workspace';
import { createErrorLog } from '../error-log';
import { type Figure, percentile, round } from './figure';

const OPEN_CASES = [50, 200, 1000];
const CHANGED_CASES = 5;
/** Replies of AWS, one after the other. */
const REPLIES = 60;
const REPLY_TIMEOUT_MS = 10_000;
/** The platform allows five messages a second in one conversation. */
const REPLY_INTERVAL_MS = 250;

const CASE = {
  communicationBody: 'body',
  serviceCode: 'aws-lambda',
  categoryCode: 'general-guidance',
  severityCode: 'low',
};

/** The requests to AWS Support and the seconds of one poll of many open cases; then the time of a reply from AWS's event to the chat. */
export async function sync(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const count of OPEN_CASES) figures.push(...(await measurePoll(count)));
  return [...figures, ...(await measureReplies())];
}

async function measurePoll(count: number): Promise<Figure[]> {
  const application = await start();
  const { displayIds, group } = await openCases(application, count);
  const requests = watchRequests(application);
  for (const displayId of displayIds.slice(0, CHANGED_CASES))
    application.aws.support.engineer.answer(displayId, 'news');
  const began = performance.now();
  await application.stack.functions.CaseWorker?.({ casebell: 'poll' });
  const seconds = (performance.now() - began) / 1000;
  const { total, mostInASecond } = requests.stop();
  const delivered = group.posts.length;
  await application.close();
  if (delivered !== CHANGED_CASES) throw new Error(`${delivered} of ${CHANGED_CASES} replies were delivered.`);
  const figure = (name: string, value: number, unit: string, goal?: Figure['goal']): Figure => ({
    bench: 'sync',
    figure: `${count} open, ${CHANGED_CASES} changed: ${name}`,
    value,
    unit,
    ...(goal && { goal }),
  });
  return [
    figure('requests of a poll', total, 'requests', count === 200 ? { atMost: 12 } : undefined),
    figure('most requests in a second', mostInASecond, 'requests', { atMost: 5 }),
    figure('time of a poll', round(seconds), 's'),
  ];
}

async function measureReplies(): Promise<Figure[]> {
  const application = await start();
  const { displayIds, group } = await openCases(application, 1);
  const { support } = application.aws;
  support.set({ callsPerSecond: Infinity, lostEvents: 0 });
  const times: number[] = [];
  for (let number = 0; number < REPLIES; number += 1) {
    const posts = group.posts.length;
    const began = performance.now();
    support.engineer.answer(displayIds[0] ?? '', `answer ${number}`);
    while (group.posts.length === posts && performance.now() - began < REPLY_TIMEOUT_MS) await sleep(5);
    times.push(performance.now() - began);
    await sleep(REPLY_INTERVAL_MS);
  }
  await application.close();
  const figure = `event to chat, ${REPLIES} replies`;
  return [
    { bench: 'sync', figure: `${figure}: p50`, value: Math.round(percentile(times, 0.5)), unit: 'ms' },
    {
      bench: 'sync',
      figure: `${figure}: p99`,
      value: Math.round(percentile(times, 0.99)),
      unit: 'ms',
      goal: { atMost: 2000 },
    },
  ];
}

interface OpenCases {
  /** Newest first. */
  readonly displayIds: readonly string[];
  /** The conversation that has the replies of all cases. */
  readonly group: Conversation;
}

/** Opens cases at AWS Support, and subscribes one group to all of them. */
async function openCases({ aws, chats, stack, clock }: Application, count: number): Promise<OpenCases> {
  const platform = botPlatformWith('group');
  const workspace = chats.workspaces.find((each) => each.platform === platform);
  const group = workspace?.conversations.find(({ kind }) => kind === 'group');
  if (!group) throw new Error(`${platform} has no group.`);
  const config = { region: aws.region, credentials: { accessKeyId: `AKIA${aws.account}CASE`, secretAccessKey: 'x' } };
  const support = new SupportClient({ ...config, endpoint: aws.env.AWS_ENDPOINT_URL_SUPPORT, maxAttempts: 10 });
  const dynamodb = new DynamoDBClient({ ...config, endpoint: aws.env.AWS_ENDPOINT_URL_DYNAMODB });
  const documents = createDocumentStore(dynamodb, stack.resources.CaseTable?.ref ?? '', clock.now);
  const store = createDynamoDbCaseStore(documents, clock.now, 400);
  aws.support.set({ callsPerSecond: Infinity, casesPerHour: Infinity, lostEvents: Infinity });
  for (let number = 0; number < count; number += 1)
    await support.send(new CreateCaseCommand({ ...CASE, subject: `case ${number}` }));
  const cases = await createCaseReader(support).listOpenCases();
  for (const { caseId, displayId, status, latest } of cases) {
    const delivered = latest.map(toCaseReply).map(({ id, sentAt }) => ({ id, time: sentAt }));
    const subscription = { account: aws.account, caseId, displayId, bot: `${platform}/main`, status } as const;
    const conversation = { id: group.id, kind: 'group' } as const;
    await store.createSubscription({ ...subscription, conversation, watermark: clock.now(), delivered });
  }
  aws.support.set({ callsPerSecond: 5 });
  support.destroy();
  dynamodb.destroy();
  return { displayIds: cases.map(({ displayId }) => displayId), group };
}

const start = (): Promise<Application> =>
  startApplication({ port: 0, parameters: {}, log: createErrorLog((line) => process.stderr.write(`${line}\n`)) });

/** Counts the requests to AWS Support. */
function watchRequests({ aws }: Application): { stop(): { total: number; mostInASecond: number } } {
  const times: number[] = [];
  const unwatch = aws.watch(({ name, when }) => {
    if (name.startsWith('support.') && when === 'before') times.push(performance.now());
  });
  return {
    stop() {
      unwatch();
      const counts = times.map((time) => times.filter((other) => other >= time && other < time + 1000).length);
      return { total: times.length, mostInASecond: Math.max(0, ...counts) };
    },
  };
}
