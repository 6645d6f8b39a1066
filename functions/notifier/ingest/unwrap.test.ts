import { EC2, notification, snsRecord, sqsRecord, TOPIC } from '../envelopes.fixture';
import { unwrapEvents } from './unwrap';

/** Every way an EventBridge event can come. */
const WAYS: [string, unknown][] = [
  ['as itself', EC2],
  ['as text', JSON.stringify(EC2)],
  ['with a byte order mark', `\uFEFF${JSON.stringify(EC2)}`],
  ['from SNS, as Lambda gets it', { Records: [snsRecord(JSON.stringify(EC2))] }],
  [
    'from SQS holding SNS holding EventBridge',
    { Records: [sqsRecord(JSON.stringify(notification(JSON.stringify(EC2))))] },
  ],
  ['from SQS with raw message delivery', { Records: [sqsRecord(JSON.stringify(EC2))] }],
  ['with lower-case envelope keys', { records: [{ sns: { message: JSON.stringify(EC2), messageid: 'm' } }] }],
];

it.each(WAYS)('reads an EventBridge event that comes %s', (_way, input) => {
  const { version: _, ...envelope } = EC2;
  expect(unwrapEvents(input)).toEqual([envelope]);
});

it('reads the PutEvents entry that an event was made from', () => {
  const entry = {
    Source: 'aws.health',
    DetailType: 'AWS Health Event',
    Detail: '{"service":"EBS"}',
    Resources: ['vol-1'],
    Time: 'T',
  };
  expect(unwrapEvents(entry)).toEqual([
    expect.objectContaining({
      source: 'aws.health',
      'detail-type': 'AWS Health Event',
      detail: { service: 'EBS' },
      resources: ['vol-1'],
    }),
  ]);
});

it('reads all records, all documents in one body, and all entries of a list', () => {
  const other = { ...EC2, id: 'second' };
  expect(unwrapEvents({ Records: [snsRecord(JSON.stringify(EC2)), snsRecord(JSON.stringify(other))] })).toHaveLength(2);
  expect(unwrapEvents(`${JSON.stringify(EC2, null, 2)}\n${JSON.stringify(other)}`).map(({ id }) => id)).toEqual([
    EC2.id,
    'second',
  ]);
  expect(unwrapEvents(JSON.stringify([EC2, other])).map(({ id }) => id)).toEqual([EC2.id, 'second']);
});

describe('what is nobody’s event', () => {
  it('plain text over SNS keeps its subject, topic and time', () => {
    expect(unwrapEvents({ Records: [snsRecord('hello\nworld', { Subject: 'Hi' })] })).toEqual([
      {
        id: 'message-1',
        source: 'aws.sns',
        'detail-type': 'SNS Notification',
        account: '111122223333',
        region: 'eu-west-1',
        time: '2026-11-20T03:00:01.000Z',
        resources: [TOPIC],
        detail: { subject: 'Hi', message: 'hello\nworld' },
      },
    ]);
  });

  it('an InputTransformer’s quoted text loses its quotes and gets its line breaks, valid JSON or not', () => {
    const texts = ['"告警: \\n时间: <t> \\n完"', '"描述: "quoted" \\n完"'].map(
      (text) => unwrapEvents(notification(text))[0]?.detail,
    );
    expect(texts).toEqual([{ message: '告警: \n时间: <t> \n完' }, { message: '描述: "quoted" \n完' }]);
  });

  it('a literal backslash-n in ordinary text stays what it is', () => {
    expect(unwrapEvents(notification('C:\\new\\table'))[0]?.detail).toEqual({ message: 'C:\\new\\table' });
  });

  it('a service’s own record is an event of that service', () => {
    const record = {
      eventSource: 'aws:s3',
      eventName: 'ObjectCreated:Put',
      awsRegion: 'us-east-1',
      eventTime: 'T',
      s3: {},
    };
    expect(unwrapEvents({ Records: [record] })).toEqual([
      expect.objectContaining({
        source: 'aws.s3',
        'detail-type': 'ObjectCreated:Put',
        region: 'us-east-1',
        detail: record,
      }),
    ]);
  });

  it('a ready-made card and AWS’s custom notification are told from other JSON', () => {
    expect(unwrapEvents('{"title":"t","severity":"info"}')[0]).toMatchObject({
      source: 'casebell',
      'detail-type': 'Card',
    });
    expect(unwrapEvents('{"version":"1.0","source":"custom","content":{"description":"d"}}')[0]).toMatchObject({
      source: 'custom',
    });
  });
});
