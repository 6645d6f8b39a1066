import { good } from './output';

/** In many ways to write a time, a number or an id in English; each says only what its event says. */
export const GOOD_ENGLISH = good('en', [
  [
    'health-scheduled-change-many-instances',
    'AWS will reboot 40 EC2 instances of account 111122223333 in us-east-1 between 2026-09-30 02:00:00 and 06:00:00 UTC+08:00 for maintenance of the underlying hosts. Each will be unavailable for a few minutes. Reboot or move them yourself before the window starts.',
  ],
  [
    'health-scheduled-change-many-instances',
    'On September 30, 2026 at 2:00 AM (UTC+8), 40 instances in us-east-1 will be rebooted, among them i-0875326bf497a0bdc. You can reboot them at any time before that.',
  ],
  [
    'health-scheduled-change-many-instances',
    'A reboot of 40 EC2 instances is scheduled for 30 Sep 2026, 02:00 UTC+08:00, and should be over by 6 am. Account 111122223333 is affected.',
  ],
  [
    'health-lifecycle',
    'Standard support of RDS for PostgreSQL 13 ends on February 28, 2027. Instances that still run it are then enrolled in Extended Support and charged for it, so orders-primary in account 111122223333 has to be upgraded to PostgreSQL 16 or later before that date.',
  ],
  [
    'health-lifecycle',
    'The database arn:aws:rds:us-east-1:111122223333:db:orders-primary runs PostgreSQL 13, which is supported until 28 February 2027. Upgrade it to 16 or later.',
  ],
  [
    'health-issue-open',
    'Some EC2 instances in one Availability Zone (use1-az4) of us-east-1 have had API errors and connectivity problems since 2026-09-14 10:41 UTC+08:00. Other zones are not affected. The next update is due by 8:45 PM PDT.',
  ],
  [
    'health-issue-resolved',
    'The EC2 issue in use1-az4 (us-east-1) has been resolved. From 10:41 to 12:26 UTC+08:00 on 2026-09-14, API calls failed more often and some instances lost connectivity. Check that your own workload has recovered.',
  ],
  [
    'health-abuse-dos',
    'Two instances of account 111122223333, i-0425e704bbbde730e and i-04320ad5d775ed041, were reported for taking part in a denial-of-service attack. Isolate and examine them, and answer the mail from AWS Trust & Safety within 24 hours.',
  ],
  [
    'health-credentials-exposed',
    'The access key AKIAIOSFODNN7EXAMPLE of account 111122223333 was found in a public repository and must be taken for stolen. Rotate it and review what was done in the account.',
  ],
  [
    'health-backup-region-copy',
    'Lambda functions in eu-central-1 fail more often than usual; AWS is investigating. The event concerns account 444455556666 and was received in us-west-2.',
  ],
  [
    'alarm-metric',
    'CPUUtilization of i-0cd0492e5d5b80bf1 is at 97.33, above the threshold of 80 for the last 3 datapoints. The alarm order-api-cpu-high has been on since 2026-09-14 11:12:08 UTC+08:00.',
  ],
  [
    'guardduty-crypto-mining',
    'The instance i-0a81201d9d69e6cd8 (m6i.large, build-agent-7) in account 444455556666 has queried pool.minexmr.example, a domain that is associated with Bitcoin, 17 times. Unless this activity is known, isolate the instance and snapshot its volumes first.',
  ],
  ['health-account-notification-zh', 'ACM has renewed the certificate for shop.example.com. No action is required.'],
]);
