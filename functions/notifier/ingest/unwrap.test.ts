import { EC2, notification, snsRecord, sqsRecord, TOPIC } from '../envelopes.fixture';
import { unwrapEvents } from './unwrap';

/** Every way in which an EventBridge event can arrive. */
const ENVELOPED: [string, unknown][] = [
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

it.each(ENVELOPED)('unwrapEvents() reads an EventBridge event that arrives %s', (_way, input) => {
  const { version: _, ...envelope } = EC2;
  expect(unwrapEvents(input)).toEqual([envelope]);
});

it('unwrapEvents() reads a PutEvents entry', () => {
  const names = { Source: 'aws.health', DetailType: 'AWS Health Event', Resources: ['vol-1'], Time: 'T' };
  expect(unwrapEvents({ ...names, Detail: '{"service":"EBS"}' })[0]).toMatchObject({
    source: 'aws.health',
    'detail-type': 'AWS Health Event',
    detail: { service: 'EBS' },
    resources: ['vol-1'],
  });
});

it('unwrapEvents() reads all records, all documents in one body, and all entries of a list', () => {
  const [one, other] = [JSON.stringify(EC2, null, 2), JSON.stringify({ ...EC2, id: 'second' })];
  for (const input of [{ Records: [snsRecord(one), snsRecord(other)] }, `${one}\n${other}`, `[${one},${other}]`])
    expect(unwrapEvents(input).map(({ id }) => id)).toEqual([EC2.id, 'second']);
});

describe('a message without an event envelope', () => {
  it('that is plain text over SNS keeps its subject, topic and time', () => {
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

  it('that is the quoted text of an InputTransformer loses its quotes and gets line breaks, valid JSON or not', () => {
    const texts = ['"告警: \\n时间: <t> \\n完"', '"描述: "quoted" \\n完"'].map(
      (text) => unwrapEvents(notification(text))[0]?.detail,
    );
    expect(texts).toEqual([{ message: '告警: \n时间: <t> \n完' }, { message: '描述: "quoted" \n完' }]);
  });

  it('keeps a literal backslash-n in ordinary text', () => {
    expect(unwrapEvents(notification('C:\\new\\table'))[0]?.detail).toEqual({ message: 'C:\\new\\table' });
  });

  it.each([
    [
      'a record of a service',
      { Records: [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', awsRegion: 'us-east-1', s3: {} }] },
      { source: 'aws.s3', 'detail-type': 'ObjectCreated:Put', region: 'us-east-1', detail: { s3: {} } },
    ],
    ['a ready-made card', '{"title":"t","severity":"info"}', { source: 'casebell', 'detail-type': 'Card' }],
    [
      'a custom notification',
      '{"version":"1.0","source":"custom","content":{"description":"d"}}',
      { source: 'custom' },
    ],
    ['JSON with more fields than a card has', '{"title":"t","text":"x","status":"FAILED"}', { source: 'unknown' }],
    ['a title alone', '{"title":"t"}', { source: 'unknown' }],
  ])('that is %s becomes an event', (_, input, event) => {
    expect(unwrapEvents(input)).toMatchObject([event]);
  });
});

describe('unwrapEvents() of bad input', () => {
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
  ])('returns no event for %s', (_what, input) => {
    expect(unwrapEvents(input)).toEqual([]);
  });

  it.each([
    ['detail that is a string', { ...EC2, detail: 'stopped' }, { message: 'stopped' }],
    ['detail that is a list', { ...EC2, detail: [1, 2] }, [1, 2]],
    ['detail that is missing', { source: 'aws.ec2', 'detail-type': 'x' }, {}],
    ['detail that is null', { ...EC2, detail: null }, {}],
  ])('keeps an event with %s', (_what, input, detail) => {
    expect(unwrapEvents(input)).toEqual([expect.objectContaining({ source: 'aws.ec2', detail })]);
  });

  it('fills every field of the envelope, with a repeatable id', () => {
    const bare = { 'detail-type': 'x', resources: 'one', detail: {} };
    expect(unwrapEvents(bare)).toEqual(unwrapEvents(bare));
    const id = expect.stringMatching(/^[0-9a-f]{32}$/);
    expect(unwrapEvents(bare)).toMatchObject([{ id, source: 'unknown', account: '', time: '', resources: ['one'] }]);
  });

  it('keeps JSON that is cut off as text', () => {
    expect(unwrapEvents('{"source":"aws.ec2","detail')[0]?.detail).toEqual({ message: '{"source":"aws.ec2","detail' });
  });

  const deep = '['.repeat(5000) + ']'.repeat(5000);
  const enveloped = (text: string) => JSON.stringify(notification(text));

  it.each([
    ['a list that is nested thousands of levels deep', deep],
    ['fields nested as deep', { 'detail-type': 'x', resources: [JSON.parse(deep)], detail: JSON.parse(deep) }],
    [
      'more envelopes than the maximum depth',
      Array(9)
        .fill(enveloped)
        .reduce((text, wrap) => wrap(text), '{"a":1}'),
    ],
    ['a large text that is cut off in a string, without backtracking', `{"detail":"${'\\"x\\":'.repeat(40_000)}`],
    ['a megabyte', { ...EC2, detail: { text: '告'.repeat(350_000) } }],
  ])('returns one event for %s', (_what, input) => {
    expect(unwrapEvents(input)).toHaveLength(1);
  });

  it('replaces blank fields by defaults', () => {
    const blank = { 'detail-type': ' ', source: ' ', detail: {} };
    expect(unwrapEvents(blank)).toMatchObject([{ 'detail-type': 'Event', source: 'unknown' }]);
  });
});
