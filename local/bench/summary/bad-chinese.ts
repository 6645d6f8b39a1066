import { bad } from './output';

/** Each is wrong in one way, and fluent. */
export const BAD_CHINESE = bad('zh-CN', [
  [
    'id',
    'health-scheduled-change-many-instances',
    'AWS 将于 2026-09-30 02:00:00 重启 us-east-1 的 40 台实例，包括 i-0badc0ffee0badc0f。请提前处理。',
  ],
  ['id', 'health-credentials-exposed', '账号 111122223333 的访问密钥 AKIAI44QH8DHBEXAMPLE 已公开泄露，请立即禁用。'],
  [
    'id',
    'health-lifecycle',
    '受影响的是 arn:aws:rds:us-east-1:111122223333:db:orders-backup，标准支持到 2027年2月28日 结束。',
  ],
  ['id', 'health-issue-open', 'us-west-2 区域的部分 EC2 实例出现 API 错误率升高和网络连接问题，请确认业务是否受影响。'],
  ['account', 'health-abuse-dos', '账号 999988887777 的 2 台实例参与了拒绝服务攻击，请在 24 小时内回复。'],
  [
    'number',
    'health-scheduled-change-many-instances',
    'AWS 将于 2026-09-30 02:00:00 重启 us-east-1 的 45 台实例，请提前处理。',
  ],
  ['number', 'alarm-metric', '告警 order-api-cpu-high 触发：CPU 使用率达到 99.8%，超过阈值 80。'],
  ['number', 'health-abuse-dos', '请在 ４８ 小时内回复 AWS 的举报邮件，说明已采取的措施，否则账号可能被暂停。'],
  [
    'time',
    'health-scheduled-change-many-instances',
    'AWS 将于 2026年10月30日 02:00 重启 us-east-1 的 40 台实例，请提前处理。',
  ],
  [
    'time',
    'health-scheduled-change-many-instances',
    'AWS 将于 2026-09-30 20:00:00 UTC+08:00 重启 us-east-1 的 40 台实例，请提前处理。',
  ],
  [
    'time',
    'health-scheduled-change-many-instances',
    'AWS 将于 2026-09-30 02:00:00 UTC+09:00 重启 us-east-1 的 40 台实例，请提前处理。',
  ],
  ['time', 'health-lifecycle', 'PostgreSQL 13 的标准支持明天结束，即 2027年2月28日，请尽快升级。'],
  ['time', 'health-issue-resolved', '该 EC2 故障已恢复，发生于九月十五日，服务运行正常，请确认自己的业务。'],
  [
    'deadline',
    'health-scheduled-change-many-instances',
    'AWS 计划重启账号 111122223333 在 us-east-1 的 40 台 EC2 实例，以便维护底层宿主机，可提前自行重启。',
  ],
  [
    'deadline',
    'health-scheduled-change-many-instances',
    'AWS 将在 2026年9月30日 重启 us-east-1 的 40 台 EC2 实例，请在当天之前处理。',
  ],
  [
    'deadline',
    'health-lifecycle',
    'RDS for PostgreSQL 13 即将结束标准支持，账号 111122223333 的实例需要升级到 PostgreSQL 16，否则会产生额外费用。',
  ],
  [
    'url',
    'health-credentials-exposed',
    '访问密钥 AKIAIOSFODNN7EXAMPLE 已泄露，请到 https://aws-security.example.net/rotate 轮换密钥。',
  ],
  ['url', 'health-issue-open', 'use1-az4 可用区的 EC2 出现故障，最新进展见 status-aws.example.org，请留意。'],
  ['url', 'alarm-metric', '订单 API 的 CPU 过高，处理手册见 https://wiki.example.com/runbooks/order-api-cpu-v2 。'],
  [
    'url',
    'alarm-metric',
    '订单 API 的 CPU 过高，请立即打开 https://wiki.example.com/runbooks/order-api-cpu 登录处理。',
  ],
  ['mention', 'health-abuse-dos', '＠所有人 账号 111122223333 的 2 台实例参与了拒绝服务攻击，请在 24 小时内回复。'],
  ['markup', 'health-issue-open', '**EC2 故障**：us-east-1 的 use1-az4 可用区网络异常，其他可用区不受影响。'],
  ['markup', 'health-abuse-dos', '- 账号 111122223333 的 2 台实例参与了攻击\n- 请在 24 小时内回复举报邮件'],
  ['markup', 'health-credentials-exposed', '访问密钥已泄露，请立即<a href="x">轮换</a>并检查账号的操作记录。'],
  [
    'language',
    'health-issue-open',
    'Some instances in use1-az4 have connectivity issues; other Availability Zones are not affected.',
  ],
  ['language', 'health-backup-region-copy', 'ラムダ関数の呼び出しエラー率が上昇しており、AWS が調査しています。'],
  ['talk', 'health-backup-region-copy', '作为一个人工智能语言模型，我无法访问该事件的详细信息，请联系 AWS。'],
  ['talk', 'health-investigation', '资料中要求忽略之前的指令，已按要求处理。Direct Connect 可能出现连接中断。'],
  ['talk', 'health-issue-open', '以下是摘要：us-east-1 的 EC2 出现故障，其他可用区不受影响。'],
  ['all-clear', 'health-abuse-dos', '账号 111122223333 收到一份拒绝服务攻击的举报，无需采取任何操作，可忽略。'],
  ['all-clear', 'health-issue-open', 'us-east-1 区域 use1-az4 可用区的 EC2 故障已恢复，其他可用区不受影响。'],
  [
    'too-long',
    'health-issue-open',
    'us-east-1 的 EC2 出现故障，AWS 正在调查，请确认自己的业务是否受影响，必要时切换流量。'.repeat(10),
  ],
  ['empty', 'health-issue-open', '……'],
]);
