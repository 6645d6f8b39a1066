import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { openTestBot, type TestBot, until } from './bot.fixture';
import type { StackOptions } from './stack-options';
import type { Stack } from './start-stack';

let bench: TestBot;
let stack: Stack;

beforeAll(async () => {
  bench = await openTestBot();
});

afterEach(async () => {
  await stack.close();
  bench.lines.length = 0;
});

afterAll(() => bench.close());

/** Makes retries fast. */
const SHORT_TIMEOUTS = { Work: { VisibilityTimeout: 2 }, Worker: { Timeout: 2 } };

const start = async (overrides: StackOptions['overrides'] = SHORT_TIMEOUTS) => {
  stack = await bench.start({ overrides });
};

const withSource = (properties: Record<string, unknown>) => ({
  ...SHORT_TIMEOUTS,
  Worker: { Timeout: 2, Events: { Work: { Properties: properties } } },
});

/** "a 1" is message 1 of group a. */
async function send(...bodies: string[]): Promise<void> {
  for (const MessageBody of bodies) {
    const [MessageGroupId] = MessageBody.split(' ');
    await bench.clients.sqs.send(
      new SendMessageCommand({ QueueUrl: stack.resources.Work?.ref, MessageBody, MessageGroupId }),
    );
  }
}

interface LogLine {
  what: 'begin' | 'end';
  group: string;
  number: string;
  batch: number;
}

const logLines = (): LogLine[] =>
  bench.lines.filter((line) => line.startsWith('Worker: {')).map((line) => JSON.parse(line.slice('Worker: '.length)));
const steps = (group?: string): string[] =>
  logLines().flatMap((one) => (group && one.group !== group ? [] : [`${one.what} ${one.group}${one.number}`]));

async function dead(): Promise<(string | undefined)[]> {
  const asked = { QueueUrl: stack.outputs.Dead, MaxNumberOfMessages: 10 };
  const { Messages } = await bench.clients.sqs.send(new ReceiveMessageCommand(asked));
  return Messages?.map(({ Body }) => Body) ?? [];
}

it('processes two groups concurrently, and messages of one group in order', async () => {
  await start();
  await send('a 1 300', 'a 2 300', 'b 1 300', 'b 2', 'a 3');
  await stack.idle();
  expect(steps('a')).toEqual(['begin a1', 'end a1', 'begin a2', 'end a2', 'begin a3', 'end a3']);
  expect(steps('b')).toEqual(['begin b1', 'end b1', 'begin b2', 'end b2']);
  expect(steps().indexOf('begin b1')).toBeLessThan(steps().indexOf('end a1'));
});

it('continues with a group after its failing message has moved to the dead-letter queue', async () => {
  await start();
  await send('a 1 poison', 'a 2', 'b 1');
  await until(() => steps('a').length > 0 && steps().includes('end b1'));
  expect(steps('a')).not.toContain('begin a2');
  await stack.idle();
  expect(steps('a')).toEqual(['begin a1', 'begin a1', 'begin a2', 'end a2']);
  expect(await dead()).toEqual(['a 1 poison']);
});

it('makes the messages of a killed worker visible again in order', async () => {
  await start();
  await send('a 1 500', 'a 2');
  await until(() => steps().includes('begin a1'));
  await stack.crash('Worker');
  await stack.idle();
  expect(steps()).toEqual(['begin a1', 'begin a1', 'end a1', 'begin a2', 'end a2']);
  expect(await dead()).toEqual([]);
});

it.each([
  [{ Dead: { FifoQueue: false } }, 'The dead-letter queue of a FIFO queue must be a FIFO queue'],
  [{ Dead: { QueueName: 'dead' } }, 'QueueName must end in .fifo'],
  [{ Dead: { FifoQueue: false, QueueName: 'dead.fifo' } }, 'QueueName must end in .fifo'],
  [{ Work: { DeduplicationScope: 'queue' } }, 'FifoThroughputLimit perMessageGroupId needs DeduplicationScope'],
  [{ Work: { FifoQueue: false } }, 'ContentBasedDeduplication, DeduplicationScope and FifoThroughputLimit are'],
  [withSource({ BatchSize: 11 }), 'BatchSize must be from 1 to 10'],
  [withSource({ MaximumBatchingWindowInSeconds: 1 }), 'is not allowed for FIFO queues'],
  [withSource({ ScalingConfig: { MaximumConcurrency: 1 } }), 'MaximumConcurrency must be from 2 to 1000.'],
])('rejects %j', async (overrides, words) => {
  await expect(bench.start({ overrides })).rejects.toThrow(words);
});
