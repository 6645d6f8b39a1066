/** An EventBridge event as AWS sends it. */
export const EC2 = {
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  account: '111122223333',
  time: '2026-11-20T03:00:00Z',
  region: 'eu-west-1',
  resources: ['arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc'],
  detail: { 'instance-id': 'i-0abc', state: 'stopped' },
};
export const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:events';

/** What an SQS queue or an HTTP endpoint gets from SNS. */
export const notification = (Message: string, more = {}) => ({
  Type: 'Notification',
  MessageId: 'message-1',
  TopicArn: TOPIC,
  Message,
  Timestamp: '2026-11-20T03:00:01.000Z',
  ...more,
});
/** What Lambda gets from SNS. */
export const snsRecord = (Message: string, more = {}) => ({ EventSource: 'aws:sns', Sns: notification(Message, more) });
/** What Lambda gets from SQS. */
export const sqsRecord = (body: string, messageId = 'queue-1') => ({
  messageId,
  receiptHandle: 'r',
  body,
  eventSource: 'aws:sqs',
});
