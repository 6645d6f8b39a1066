import { accountedFor, type FaultWorld, numbered, openFaultWorld } from './fault-world.fixture';

const COUNT = 100;
let runtime: FaultWorld;
beforeEach(async () => {
  runtime = await openFaultWorld();
});
afterEach(() => runtime.close());

const shown = (): number[] => runtime.chats.rooms.map(accountedFor);
const all = (count: number): number[] => runtime.chats.rooms.map(() => count);

it.each([
  ['throttles a third of its requests', { kind: 'throttle', chance: 0.33 }],
  ['fails every fifth request', { kind: 'error', chance: 0.2 }],
  ['does what it is asked, and every tenth answer is lost', { kind: 'lost', chance: 0.1 }],
  ['is slow', { kind: 'slow', chance: 0.5, ms: 40 }],
] as const)(
  'no event is lost and none is shown twice while DynamoDB %s',
  async (_, fault) => {
    await runtime.aws.setFault('dynamodb', fault);
    await runtime.storm(COUNT);
    await runtime.settled(70);
    await runtime.aws.setFault('dynamodb', undefined);
    expect(shown()).toEqual(all(COUNT));
  },
  600_000,
);

it('events stay in their queue while DynamoDB fails, and are delivered afterwards', async () => {
  await runtime.aws.setFault('dynamodb', { kind: 'error', operation: 'PutItem' });
  await runtime.storm(30);
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  expect(shown()).toEqual(all(0));
  await runtime.aws.setFault('dynamodb', undefined);
  await runtime.settled();
  expect(shown()).toEqual(all(30));
}, 600_000);

it('an event is delivered once, however often and in whatever order the queue delivers it', async () => {
  await runtime.storm(30);
  await runtime.storm(20, 10);
  await runtime.storm(10, 0);
  await runtime.settled();
  await runtime.storm(30);
  await runtime.settled();
  expect(shown()).toEqual(all(30));
}, 600_000);

it.each([
  ['no JSON', '{"source":"aws.ec2",'],
  ['nothing', ' '],
  ['JSON that is nested ten thousand deep', '['.repeat(10_000) + ']'.repeat(10_000)],
  [
    'a letter that was forged by halves',
    '{"source":"casebell","detail-type":"Dead Letter","detail":{"entry":{"key":1}}}',
  ],
  ['an event with all the wrong types', '{"source":1,"detail-type":{},"detail":[],"account":{},"time":7,"id":[]}'],
])(
  'the good records of a batch that contains %s are delivered',
  async (_, poison) => {
    const records = [JSON.stringify(numbered(1)), poison, JSON.stringify(numbered(2))].map((body, index) => ({
      messageId: String(index),
      eventSource: 'aws:sqs',
      body,
    }));
    const answer = await runtime.stack.functions.Notifier?.({ Records: records });
    await runtime.settled();
    expect(answer?.payload).toEqual({ batchItemFailures: [] });
    for (const { messages } of runtime.chats.rooms)
      for (const name of ['i-00001', 'i-00002']) expect(JSON.stringify(messages)).toContain(name);
  },
  600_000,
);
