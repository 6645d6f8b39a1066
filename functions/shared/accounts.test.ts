import { chosenNames, parseServedAccounts } from './accounts';
import { recordingLog } from './log.fixture';
import { readSettings } from './settings';

const ROLES = 'arn:aws:iam::111111111111:role/a,arn:aws:iam::222222222222:role/b';

const namesOf = (names: string, roleArns = ROLES) =>
  parseServedAccounts({ ownId: '000000000000', roleArns, names }).map(({ id, name }) => [id, name]);

it.each([
  ['prod,dev', 'prod', 'dev'],
  ['prod', 'prod', '222222222222'],
  [',dev', '111111111111', 'dev'],
  [' ， 生产 ', '111111111111', '生产'],
  ['', '111111111111', '222222222222'],
  ['prod,prod', 'prod', '222222222222'],
  ['main,111111111111', '111111111111', '222222222222'],
])('parseServedAccounts() gives each name to the role in its position: %j', (names, first, second) => {
  expect(namesOf(names)).toEqual([
    ['000000000000', 'main'],
    ['111111111111', first],
    ['222222222222', second],
  ]);
});

it('parseServedAccounts() ignores a second role of an account', () => {
  expect(namesOf('a,b,c', `${ROLES},arn:aws:iam::111111111111:role/other`)).toEqual(namesOf('a,b'));
});

it.each([',dev', 'prod,prod', 'prod'])('the notifier and the case bot read the same accounts from %j', (names) => {
  const env = {
    ACCOUNT_ID: '000000000000',
    CASE_ROLE_ARNS: ROLES,
    CASE_ACCOUNT_NAMES: names,
    ...Object.fromEntries(REQUIRED.map((name) => [name, 'x'])),
  };
  const [notifier, worker] = [
    readSettings('notifier', env, recordingLog()),
    readSettings('worker', env, recordingLog()),
  ];
  expect(notifier.accounts).toEqual(worker.accounts);
});

it('chosenNames() leaves out ids and the default name', () => {
  expect([...chosenNames(parseServedAccounts({ ownId: '000000000000', roleArns: ROLES, names: ',dev' }))]).toEqual([
    ['222222222222', 'dev'],
  ]);
});

const REQUIRED = [
  'WEBHOOK_SECRET_ARN',
  'OUTBOX_TABLE',
  'DESTINATION_TABLE',
  'DELIVERY_QUEUE_URL',
  'DEAD_LETTER_QUEUE_URL',
  'BOTS_SECRET_ARNS',
  'CASE_QUEUE_URL',
  'AWS_REGION',
  'CASE_TABLE',
  'CASE_DEAD_LETTER_QUEUE_URL',
  'CASE_UPDATE_QUEUE_URL',
];
