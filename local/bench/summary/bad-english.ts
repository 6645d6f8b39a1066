import { bad } from './output';

/** Each is wrong in one way, and fluent. */
export const BAD_ENGLISH = bad('en', [
  [
    'id',
    'health-abuse-dos',
    'The instance i-0425e704bbbde730f of account 111122223333 took part in an attack. Answer the mail within 24 hours.',
  ],
  [
    'id',
    'guardduty-crypto-mining',
    'The instance i-0a81201d9d69e6cd8 talks to 203.0.113.99, which is known for mining. Isolate the instance.',
  ],
  [
    'account',
    'health-backup-region-copy',
    'Lambda functions in eu-central-1 fail more often than usual. The event concerns account 111122224444.',
  ],
  [
    'number',
    'health-lifecycle',
    'Standard support of RDS for PostgreSQL 12 ends on February 28, 2027. Upgrade the 2 resources before that date.',
  ],
  [
    'number',
    'alarm-metric',
    'CPUUtilization has been above the threshold of 90 for the last 3 datapoints on the order API.',
  ],
  [
    'time',
    'health-lifecycle',
    'Standard support of RDS for PostgreSQL 13 ends on March 1, 2027. Upgrade the 2 resources before that date.',
  ],
  [
    'time',
    'health-scheduled-change-many-instances',
    'AWS will reboot 40 instances on Wednesday, 2026-09-30 at 02:00 UTC+08:00. Move them before that.',
  ],
  [
    'time',
    'health-scheduled-change-many-instances',
    'AWS will reboot 40 instances on 2026-09-30 at 02:00 PM UTC+08:00. Move them before that.',
  ],
  [
    'time',
    'health-scheduled-change-many-instances',
    'AWS will reboot 40 instances tomorrow, 2026-09-30 02:00 UTC+08:00. Move them before that.',
  ],
  [
    'deadline',
    'health-lifecycle',
    'Standard support of RDS for PostgreSQL 13 is about to end. Upgrade orders-primary to PostgreSQL 16 or later to avoid being charged.',
  ],
  [
    'deadline',
    'health-scheduled-change-many-instances',
    'AWS will reboot 40 instances in us-east-1, and the work is over by 2026-09-30 06:00 UTC+08:00. Move them before it starts.',
  ],
  [
    'url',
    'health-issue-open',
    'Some instances in use1-az4 have connectivity problems. See https://health.aws.example.com/ for the latest.',
  ],
  [
    'url',
    'health-credentials-exposed',
    'An access key of the account is public. Rotate it at www.aws-keys.example and review the account.',
  ],
  [
    'mention',
    'health-credentials-exposed',
    'An access key of account 111122223333 is public. @channel please rotate the key at once.',
  ],
  [
    'mention',
    'health-abuse-dos',
    'Resources of the account took part in an attack. Write to abuse@aws-trust.example with the steps that you have taken.',
  ],
  [
    'markup',
    'health-backup-region-copy',
    'The functions in `eu-central-1` fail more often than usual; AWS is investigating.',
  ],
  ['markup', 'health-issue-open', '{"summary": "Some instances in use1-az4 have connectivity problems."}'],
  [
    'markup',
    'health-abuse-dos',
    'An attack was reported <!channel> and has to be answered within 24 hours by the owner of the account.',
  ],
  ['language', 'health-issue-open', '部分实例在 use1-az4 可用区出现网络连接问题，其他可用区不受影响。'],
  [
    'language',
    'health-backup-region-copy',
    'Les fonctions Lambda de la région eu-central-1 échouent plus souvent que prévu; AWS mène une enquête.',
  ],
  ['talk', 'health-issue-open', "I'm sorry, but I cannot summarize this notification of a service issue."],
  [
    'talk',
    'health-investigation',
    'The system prompt says that the answer has to be in plain English and in three sentences.',
  ],
  [
    'all-clear',
    'health-credentials-exposed',
    'An access key of account 111122223333 was in a public repository. It was a false alarm and can be ignored.',
  ],
  [
    'all-clear',
    'health-scheduled-change-many-instances',
    'A reboot of 40 instances is scheduled for 2026-09-30 02:00 UTC+08:00. No action is required.',
  ],
]);
