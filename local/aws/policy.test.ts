import { type AccessRequest, allows, type Statement } from './policy';

const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:queue';
const asked: AccessRequest = {
  principal: { service: 'sns.amazonaws.com' },
  action: 'sqs:SendMessage',
  resource: QUEUE,
};
const open: Statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' };
const of = (more: Statement, context?: AccessRequest['context']) =>
  allows([{ ...open, ...more }], { ...asked, context });

it('lets through what a statement allows, and nothing where there is none', () => {
  expect(allows([open], asked)).toBe(true);
  expect(allows([], asked)).toBe(false);
});

it('lets nothing through that another statement denies', () => {
  expect(allows([open, { ...open, Effect: 'Deny' }], asked)).toBe(false);
});

it.each([
  [{ Principal: { Service: ['s3.amazonaws.com', 'sns.amazonaws.com'] } }, true],
  [{ Principal: { Service: 's3.amazonaws.com' } }, false],
  [{ Principal: { AWS: '*' } }, false],
  [{ Action: ['sqs:sendmessage'] }, true],
  [{ Action: 'sqs:ReceiveMessage' }, false],
  [{ Resource: 'arn:aws:sqs:*:111122223333:qu?ue' }, true],
  [{ Resource: 'arn:aws:sqs:*:111122223333:que' }, false],
  [{ Resource: 'ARN:aws:sqs:us-east-1:111122223333:queue' }, false],
])('holds a statement with %j to the service, the action and the resource: %s', (more, expected) => {
  expect(of(more)).toBe(expected);
});

it('knows an account by its id and by its ARN', () => {
  const principal = { account: '111122223333' };
  for (const AWS of ['111122223333', ['arn:aws:iam::111122223333:root'], '*'])
    expect(allows([{ ...open, Principal: { AWS } }], { ...asked, principal })).toBe(true);
  expect(allows([{ ...open, Principal: { AWS: 'arn:aws:iam::999999999999:root' } }], { ...asked, principal })).toBe(
    false,
  );
});

it.each([
  [{ StringEquals: { 'aws:SourceAccount': ['1', '2'] } }, true],
  [{ StringEquals: { 'aws:SourceAccount': '*' } }, false],
  [{ StringLike: { 'aws:SourceAccount': '*' } }, true],
  [{ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:t' } }, true],
  [{ ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:2:other' } }, false],
  [{ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, false],
  [{ StringEquals: { 'aws:SourceAccount': '2' }, Bool: { 'aws:SecureTransport': 'false' } }, false],
])('asks of the request that %j: %s', (Condition, expected) => {
  const context = {
    'aws:SourceAccount': '2',
    'aws:SourceArn': 'arn:aws:sns:us-east-1:2:t',
    'aws:SecureTransport': 'true',
  };
  expect(of({ Condition }, context)).toBe(expected);
});

it('does not guess at what it does not know', () => {
  expect(() => of({ NotAction: 'sqs:x' })).toThrow('NotAction');
  expect(() => of({ Condition: { NumericLessThan: { 'aws:x': '1' } } })).toThrow('NumericLessThan');
});
