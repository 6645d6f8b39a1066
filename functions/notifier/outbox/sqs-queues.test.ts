import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type LocalAws, startAws } from '../../../local/aws/start-aws';
import { entryNamed } from '../entry.fixture';
import { queuesContract } from './queues.contract';
import { createSqsQueues } from './sqs-queues';

describe('the queues in SQS', () => {
  let aws: LocalAws;
  let client: SQSClient;
  let urls: { delivery: string; deadLetters: string };

  beforeAll(async () => {
    aws = await startAws();
    client = new SQSClient({
      region: aws.region,
      endpoint: aws.env.AWS_ENDPOINT_URL_SQS,
      credentials: { accessKeyId: 'AKIA000000000000CASE', secretAccessKey: 'local' },
      useQueueUrlAsEndpoint: false,
    });
  });
  afterAll(async () => {
    client.destroy();
    await aws.close();
  });
  beforeEach(async () => {
    const create = async (name: string) =>
      (await client.send(new CreateQueueCommand({ QueueName: `${name}-${Math.random()}`.replace('.', '') }))).QueueUrl;
    urls = { delivery: (await create('delivery')) ?? '', deadLetters: (await create('dead')) ?? '' };
  });

  async function receiveAll(QueueUrl: string) {
    const request = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
    const found = [];
    for (;;) {
      const { Messages = [] } = await client.send(new ReceiveMessageCommand(request));
      if (Messages.length === 0) return found;
      found.push(...Messages);
    }
  }

  queuesContract(() => ({
    queues: createSqsQueues(urls, client),
    deadLetters: async () => (await receiveAll(urls.deadLetters)).map(({ Body = '' }) => JSON.parse(Body).detail),
  }));

  it('scheduleDelivery() sends the destination', async () => {
    await createSqsQueues(urls, client).scheduleDelivery('d-1', 0);
    expect((await receiveAll(urls.delivery)).map(({ Body }) => Body)).toEqual(['{"destination":"d-1"}']);
  });

  it('sendToDlq() sends the reason as an attribute, without characters that SQS rejects', async () => {
    const deadLetter = { destination: 'd-1', platform: 'slack', reason: 'no\u0001 team', entry: entryNamed('a') };
    await createSqsQueues(urls, client).sendToDlq([deadLetter]);
    const [message] = await receiveAll(urls.deadLetters);
    expect(message?.MessageAttributes?.reason?.StringValue).toBe('no  team');
  });
});
