import { toSqsEvent } from './sqs-event';

it("gives a message the shape that it has in Lambda's SQS event", () => {
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
  const origin = { queueArn: 'arn:aws:sqs:us-east-1:000000000000:q', region: 'us-east-1' };
  const lists = { stringListValues: [], binaryListValues: [] };
  expect(toSqsEvent([message], origin).Records).toEqual([
    {
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: '你好',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '1545082649183',
        MessageGroupId: 'room',
        SenderId: '',
        ApproximateFirstReceiveTimestamp: '',
      },
      messageAttributes: {
        platform: { dataType: 'String', stringValue: '钉钉', ...lists },
        raw: { dataType: 'Binary', binaryValue: 'cmF3', ...lists },
      },
      md5OfBody: message.MD5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: origin.queueArn,
      awsRegion: 'us-east-1',
    },
  ]);
});
