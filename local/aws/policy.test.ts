import { type AccessRequest, isAllowed, type Statement } from './policy';

const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:queue';
const REQUEST: AccessRequest = {
  principal: { service: 'sns.amazonaws.com' },
  action: 'sqs:SendMessage',
  resource: QUEUE,
  context: {
    'aws:SourceAccount': '2',
    'aws:SourceArn': 'arn:aws:sns:us-east-1:2:t',
    'aws:SecureTransport': 'true',
  },
};
const ANY: Statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' };

it('allows what a statement allows and no statement denies', () => {
  expect(isAllowed([ANY], REQUEST)).toBe(true);
  expect(isAllowed([], REQUEST)).toBe(false);
  expect(isAllowed([ANY, { ...ANY, Effect: 'Deny' }], REQUEST)).toBe(false);
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
  [{ Condition: { StringEquals: { 'aws:SourceAccount': ['1', '2'] } } }, true],
  [{ Condition: { StringEquals: { 'aws:SourceAccount': '*' } } }, false],
  [{ Condition: { StringLike: { 'aws:SourceAccount': '*' } } }, true],
  [{ Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:t' } } }, true],
  [{ Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:2:other' } } }, false],
  [{ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }, false],
  [{ Condition: { StringEquals: { 'aws:SourceAccount': '2' }, Bool: { 'aws:SecureTransport': 'false' } } }, false],
])('a statement with %j allows the request: %s', (more, expected) => {
  expect(isAllowed([{ ...ANY, ...more }], REQUEST)).toBe(expected);
});

it.each([
  ['111122223333', true],
  [['arn:aws:iam::111122223333:root'], true],
  ['*', true],
  ['arn:aws:iam::999999999999:root', false],
])('Principal AWS %j matches account 111122223333: %s', (AWS, expected) => {
  const request = { ...REQUEST, principal: { account: '111122223333' } };
  expect(isAllowed([{ ...ANY, Principal: { AWS } }], request)).toBe(expected);
});

it.each([
  ['NotAction', { NotAction: 'sqs:x' }],
  ['NumericLessThan', { Condition: { NumericLessThan: { 'aws:x': '1' } } }],
])('throws for the unknown %s', (name, more) => {
  expect(() => isAllowed([{ ...ANY, ...more }], REQUEST)).toThrow(name);
});
