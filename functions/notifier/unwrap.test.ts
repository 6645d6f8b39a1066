import { unwrap } from './unwrap';

const EC2 = {
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
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:events';

const notification = (Message: string, more = {}) => ({
  Type: 'Notification',
  MessageId: 'message-1',
  TopicArn: TOPIC,
  Message,
  Timestamp: '2026-11-20T03:00:01.000Z',
  ...more,
});
const snsRecord = (Message: string, more = {}) => ({ EventSource: 'aws:sns', Sns: notification(Message, more) });
const sqsRecord = (body: string, messageId = 'queue-1') => ({
  messageId,
  receiptHandle: 'r',
  body,
  eventSource: 'aws:sqs',
});

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
  expect(unwrap(input)).toEqual([envelope]);
});

it('reads the PutEvents entry that an event was made from', () => {
  const entry = {
    Source: 'aws.health',
    DetailType: 'AWS Health Event',
    Detail: '{"service":"EBS"}',
    Resources: ['vol-1'],
    Time: 'T',
  };
  expect(unwrap(entry)).toEqual([
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
  expect(unwrap({ Records: [snsRecord(JSON.stringify(EC2)), snsRecord(JSON.stringify(other))] })).toHaveLength(2);
  expect(unwrap(`${JSON.stringify(EC2, null, 2)}\n${JSON.stringify(other)}`).map(({ id }) => id)).toEqual([
    EC2.id,
    'second',
  ]);
  expect(unwrap(JSON.stringify([EC2, other])).map(({ id }) => id)).toEqual([EC2.id, 'second']);
});

describe('an alarm', () => {
  const sns = {
    AlarmName: 'cpu',
    AlarmDescription: 'web',
    AWSAccountId: '111122223333',
    NewStateValue: 'ALARM',
    NewStateReason: 'Threshold Crossed',
    StateChangeTime: '2026-11-20T03:00:00.000+0000',
    Region: 'China (Beijing)',
    AlarmArn: 'arn:aws-cn:cloudwatch:cn-north-1:111122223333:alarm:cpu',
    OldStateValue: 'OK',
    Trigger: {
      MetricName: 'CPUUtilization',
      Namespace: 'AWS/EC2',
      Statistic: 'AVERAGE',
      Dimensions: [{ name: 'InstanceId', value: 'i-0abc' }],
      Period: 60,
      Threshold: 90,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: '- TreatMissingData:                    missing',
    },
  };

  it('in its SNS shape becomes the EventBridge event of the same alarm', () => {
    expect(unwrap(notification(JSON.stringify(sns)))).toEqual([
      expect.objectContaining({
        source: 'aws.cloudwatch',
        'detail-type': 'CloudWatch Alarm State Change',
        account: '111122223333',
        region: 'cn-north-1',
        resources: [sns.AlarmArn],
        detail: expect.objectContaining({
          alarmName: 'cpu',
          state: expect.objectContaining({ value: 'ALARM', reason: 'Threshold Crossed' }),
          previousState: { value: 'OK' },
          configuration: expect.objectContaining({
            description: 'web',
            threshold: 90,
            treatMissingData: 'missing',
            metrics: [
              {
                id: 'm1',
                returnData: true,
                metricStat: {
                  metric: { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: { InstanceId: 'i-0abc' } },
                  period: 60,
                  stat: 'AVERAGE',
                },
              },
            ],
          }),
        }),
      }),
    ]);
  });

  it('takes the topic’s Region when it does not say its own', () => {
    const [event] = unwrap(notification(JSON.stringify({ AlarmName: 'x', NewStateValue: 'OK' })));
    expect(event).toMatchObject({ region: 'eu-west-1', account: '111122223333', id: 'message-1' });
  });

  it('that invokes Lambda directly is read the same way', () => {
    const direct = {
      source: 'aws.cloudwatch',
      alarmArn: 'arn:aws:cloudwatch:eu-west-1:444455556666:alarm:a',
      accountId: '111122223333',
      time: '2026-11-20T03:00:00.000+0000',
      region: 'eu-west-1',
      alarmData: { alarmName: 'a', state: { value: 'ALARM' } },
    };
    expect(unwrap(direct)).toEqual([
      expect.objectContaining({
        source: 'aws.cloudwatch',
        account: '111122223333',
        resources: [direct.alarmArn],
        detail: direct.alarmData,
      }),
    ]);
  });
});

describe('what is nobody’s event', () => {
  it('plain text over SNS keeps its subject, topic and time', () => {
    expect(unwrap({ Records: [snsRecord('hello\nworld', { Subject: 'Hi' })] })).toEqual([
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
      (text) => unwrap(notification(text))[0]?.detail,
    );
    expect(texts).toEqual([{ message: '告警: \n时间: <t> \n完' }, { message: '描述: "quoted" \n完' }]);
  });

  it('a literal backslash-n in ordinary text stays what it is', () => {
    expect(unwrap(notification('C:\\new\\table'))[0]?.detail).toEqual({ message: 'C:\\new\\table' });
  });

  it('a service’s own record is an event of that service', () => {
    const record = {
      eventSource: 'aws:s3',
      eventName: 'ObjectCreated:Put',
      awsRegion: 'us-east-1',
      eventTime: 'T',
      s3: {},
    };
    expect(unwrap({ Records: [record] })).toEqual([
      expect.objectContaining({
        source: 'aws.s3',
        'detail-type': 'ObjectCreated:Put',
        region: 'us-east-1',
        detail: record,
      }),
    ]);
  });

  it('a ready-made card and AWS’s custom notification are told from other JSON', () => {
    expect(unwrap('{"title":"t","severity":"info"}')[0]).toMatchObject({ source: 'casebell', 'detail-type': 'Card' });
    expect(unwrap('{"version":"1.0","source":"custom","content":{"description":"d"}}')[0]).toMatchObject({
      source: 'custom',
    });
  });
});

describe('bad input', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['white space', ' \n\t '],
    ['an empty object', {}],
    ['an empty batch', { Records: [] }],
    ['an empty list', []],
    ['an empty message', { Records: [snsRecord('')] }],
    ['JSON null as a message', notification('null')],
  ])('%s says nothing', (_what, input) => {
    expect(unwrap(input)).toEqual([]);
  });

  it.each([
    ['detail that is a string', { ...EC2, detail: 'stopped' }, { message: 'stopped' }],
    ['detail that is a list', { ...EC2, detail: [1, 2] }, [1, 2]],
    ['detail that is missing', { source: 'aws.ec2', 'detail-type': 'x' }, {}],
    ['detail that is null', { ...EC2, detail: null }, {}],
  ])('keeps an event with %s', (_what, input, detail) => {
    expect(unwrap(input)).toEqual([expect.objectContaining({ source: 'aws.ec2', detail })]);
  });

  it('fills every field of the envelope, with a repeatable id', () => {
    const bare = { 'detail-type': 'x', resources: 'one', detail: {} };
    expect(unwrap(bare)).toEqual(unwrap(bare));
    expect(unwrap(bare)[0]).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      source: 'unknown',
      account: '',
      time: '',
      resources: ['one'],
    });
  });

  it('shows JSON that is cut off as the text it is', () => {
    expect(unwrap('{"source":"aws.ec2","detail')[0]?.detail).toEqual({ message: '{"source":"aws.ec2","detail' });
  });

  it('does not follow an endless nesting', () => {
    let nested = JSON.stringify(EC2);
    for (let depth = 0; depth < 9; depth += 1) nested = JSON.stringify(notification(nested));
    expect(unwrap(nested)).toHaveLength(1);
  });

  it('tells a list that is nested without end', () => {
    const deep = '['.repeat(5000) + ']'.repeat(5000);
    expect(unwrap(deep)).toHaveLength(1);
    expect(unwrap({ 'detail-type': 'x', resources: [JSON.parse(deep)], detail: JSON.parse(deep) })).toHaveLength(1);
  });

  it('reads a large text that was cut off in the middle of a string at once', () => {
    const began = performance.now();
    expect(unwrap(`{"detail":"${'\\"x\\":'.repeat(40_000)}`)).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('does not take other people’s JSON for a card', () => {
    const found = ['{"title":"t","text":"x","status":"FAILED"}', '{"title":"t"}'].map(
      (text) => unwrap(text)[0]?.source,
    );
    expect(found).toEqual(['unknown', 'unknown']);
  });

  it('fills in what is blank', () => {
    expect(unwrap({ 'detail-type': ' ', source: ' ', detail: {} })[0]).toMatchObject({
      'detail-type': 'Event',
      source: 'unknown',
    });
  });

  it('reads a megabyte without a word', () => {
    expect(unwrap({ ...EC2, detail: { text: '告'.repeat(350_000) } })).toHaveLength(1);
  });
});
