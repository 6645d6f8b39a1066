import { failedMessageIds, outOfOrderSuccesses, toSqsEvent } from './sqs-event';

it("toSqsEvent() gives a message its shape in Lambda's SQS event", () => {
  const message = {
    MessageId: '059f36b4-87a3-44ab-83d2-661975830a7d',
    ReceiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
    Body: '你好',
    MD5OfBody: '7eca689f0d3389d9dea66ae112e5cfd7',
    Attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1545082649183', MessageGroupId: 'room' },
    MessageAttributes: {
      platform: { DataType: 'String', StringValue: '钉钉' },
      raw: { DataType: 'Binary', BinaryValue: Buffer.from('raw') },
    },
  };
  const queue = { queueArn: 'arn:aws:sqs:us-east-1:000000000000:q', region: 'us-east-1' };
  const lists = { stringListValues: [], binaryListValues: [] };
  expect(toSqsEvent([message], queue).Records).toEqual([
    {
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: '你好',
      attributes: { ...message.Attributes, SenderId: '', ApproximateFirstReceiveTimestamp: '' },
      messageAttributes: {
        platform: { dataType: 'String', stringValue: '钉钉', ...lists },
        raw: { dataType: 'Binary', binaryValue: 'cmF3', ...lists },
      },
      md5OfBody: message.MD5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: queue.queueArn,
      awsRegion: 'us-east-1',
    },
  ]);
});

const ALL = ['a', 'b', 'c'];

it.each([
  ['undefined', undefined, []],
  ['null', null, []],
  ['an empty object', {}, []],
  ['a list of null', { batchItemFailures: null }, []],
  ['an empty list', { batchItemFailures: [] }, []],
  ['one identifier', { batchItemFailures: [{ itemIdentifier: 'b' }] }, ['b']],
  ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }, ALL],
  ['a null identifier', { batchItemFailures: [{ itemIdentifier: null }] }, ALL],
  ['a misspelt key', { batchItemFailures: [{ itemIdentifer: 'a' }] }, ALL],
  ['an unknown message', { batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'z' }] }, ALL],
  ['a list of strings', { batchItemFailures: ['a'] }, ALL],
  ['null among the failures', { batchItemFailures: [null] }, ALL],
  ['a string as list', { batchItemFailures: 'a' }, ALL],
  ['a string', 'done', ALL],
  ['a list', [], ALL],
])('failedMessageIds() for %s', (_, result, expected) => {
  expect(failedMessageIds(result, ALL)).toEqual(expected);
});

describe('outOfOrderSuccesses()', () => {
  const message = (MessageId: string, MessageGroupId?: string) => ({
    MessageId,
    Attributes: MessageGroupId === undefined ? {} : { MessageGroupId },
  });
  const BATCH = [message('a1', 'a'), message('b1', 'b'), message('a2', 'a'), message('a3', 'a')];
  const ids = (failed: string[], batch = BATCH) => outOfOrderSuccesses(batch, failed).map(({ MessageId }) => MessageId);

  it.each([
    [[], []],
    [['a1'], ['a2', 'a3']],
    [['a2'], ['a3']],
    [['a1', 'a2', 'a3'], []],
    [['b1'], []],
  ])('when %j failed returns %j', (failed, expected) => {
    expect(ids(failed)).toEqual(expected);
  });

  it('returns nothing for a queue without groups', () => {
    expect(ids(['1'], [message('1'), message('2')])).toEqual([]);
  });
});
