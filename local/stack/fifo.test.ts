import { setTimeout as sleep } from 'node:timers/promises';
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

/** So that nobody has to wait long for another try. */
const SOON = { Work: { VisibilityTimeout: 2 }, Worker: { Timeout: 2 } };

const start = async (overrides: StackOptions['overrides'] = SOON) => {
  stack = await bench.start({ overrides });
};

const withSource = (properties: Record<string, unknown>) => ({
  ...SOON,
  Worker: { Timeout: 2, Events: { Work: { Properties: properties } } },
});

/** "a 1" is message 1 of group a. */
async function tell(...bodies: string[]): Promise<void> {
  for (const MessageBody of bodies) {
    const [MessageGroupId] = MessageBody.split(' ');
    await bench.clients.sqs.send(
      new SendMessageCommand({ QueueUrl: stack.resources.Work?.ref, MessageBody, MessageGroupId }),
    );
  }
}

interface Said {
  what: 'begin' | 'end';
  group: string;
  number: string;
  batch: number;
}

const said = (): Said[] =>
  bench.lines.filter((line) => line.startsWith('Worker: {')).map((line) => JSON.parse(line.slice('Worker: '.length)));
const story = (group?: string): string[] =>
  said().flatMap((one) => (group && one.group !== group ? [] : [`${one.what} ${one.group}${one.number}`]));

async function dead(): Promise<(string | undefined)[]> {
  const asked = { QueueUrl: stack.outputs.Dead, MaxNumberOfMessages: 10 };
  const { Messages } = await bench.clients.sqs.send(new ReceiveMessageCommand(asked));
  return Messages?.map(({ Body }) => Body) ?? [];
}

it('works on two conversations at the same time, and never on two messages of one', async () => {
  await start();
  await tell('a 1 300', 'a 2 300', 'b 1 300', 'b 2', 'a 3');
  await stack.idle();
  expect(story('a')).toEqual(['begin a1', 'end a1', 'begin a2', 'end a2', 'begin a3', 'end a3']);
  expect(story('b')).toEqual(['begin b1', 'end b1', 'begin b2', 'end b2']);
  expect(story().indexOf('begin b1')).toBeLessThan(story().indexOf('end a1'));
});

it('works on as many conversations at a time as it may', async () => {
  await start(withSource({ ScalingConfig: { MaximumConcurrency: 2 } }));
  await tell(...['a', 'b', 'c', 'd'].map((group) => `${group} 1 200`));
  await stack.idle();
  const running = said().map((_one, index, all) =>
    all.slice(0, index + 1).reduce((sum, { what }) => sum + (what === 'begin' ? 1 : -1), 0),
  );
  expect(Math.max(...running)).toBe(2);
  expect(said()).toHaveLength(8);
});

it('goes on with a conversation only after its failing message has gone to the dead letters', async () => {
  await start();
  await tell('a 1 poison', 'a 2', 'b 1');
  await until(() => story('a').length > 0 && story().includes('end b1'));
  expect(story('a')).not.toContain('begin a2');
  await stack.idle();
  expect(story('a')).toEqual(['begin a1', 'begin a1', 'begin a2', 'end a2']);
  expect(await dead()).toEqual(['a 1 poison']);
});

it('brings a message back in order, after its visibility timeout, when the worker was killed over it', async () => {
  await start({});
  await tell('a 1 1000', 'a 2');
  await until(() => story().includes('begin a1'));
  const killed = performance.now();
  await stack.crash('Worker');
  await sleep(1500);
  expect(story()).toEqual(['begin a1']);
  await stack.idle();
  expect(performance.now() - killed).toBeGreaterThan(2500);
  expect(story()).toEqual(['begin a1', 'begin a1', 'end a1', 'begin a2', 'end a2']);
  expect(await dead()).toEqual([]);
});

it('puts a message over which every worker dies with the dead letters', async () => {
  await start();
  await tell('a 1 5000', 'a 2');
  for (const times of [1, 2]) {
    await until(() => story().filter((line) => line === 'begin a1').length === times);
    await stack.crash('Worker');
  }
  await stack.idle();
  expect(story()).toEqual(['begin a1', 'begin a1', 'begin a2', 'end a2']);
  expect(await dead()).toEqual(['a 1 5000']);
});

it('tries what waits behind a failing message of its batch as often, and buries it too: why BatchSize is best 1', async () => {
  await start(withSource({ BatchSize: 10 }));
  await tell('z 0 300');
  await until(() => story().includes('begin z0'));
  await tell('z 1', 'z 2 poison', 'z 3');
  await stack.idle();
  expect(said()[2]).toMatchObject({ what: 'begin', number: '1', batch: 3 });
  expect(story().slice(2)).toEqual(['begin z1', 'end z1', 'begin z2', 'begin z2']);
  expect((await dead()).sort()).toEqual(['z 2 poison', 'z 3']);
});

it.each([
  [{ Dead: { FifoQueue: false } }, 'The dead letters of a FIFO queue must go to a FIFO queue'],
  [{ Dead: { QueueName: 'dead' } }, 'QueueName must end in .fifo'],
  [{ Dead: { FifoQueue: false, QueueName: 'dead.fifo' } }, 'QueueName must end in .fifo'],
  [{ Work: { DeduplicationScope: 'queue' } }, 'FifoThroughputLimit perMessageGroupId needs DeduplicationScope'],
  [{ Work: { FifoQueue: false } }, 'ContentBasedDeduplication, DeduplicationScope and FifoThroughputLimit are for'],
  [withSource({ BatchSize: 11 }), 'BatchSize must be from 1 to 10'],
  [withSource({ MaximumBatchingWindowInSeconds: 1 }), 'is not for FIFO queues'],
  [withSource({ ScalingConfig: { MaximumConcurrency: 1 } }), 'MaximumConcurrency must be from 2 to 1000.'],
])('refuses %j', async (overrides, words) => {
  await expect(bench.start({ overrides })).rejects.toThrow(words);
});
