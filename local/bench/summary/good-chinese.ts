import { good } from './output';

/** In many ways to write a time, a number or an id in Chinese; each says only what its event says. */
export const GOOD_CHINESE = good('zh-CN', [
  [
    'health-scheduled-change-many-instances',
    'AWS 计划于 2026-09-30 02:00:00 UTC+08:00 至 06:00:00 重启账号 111122223333 在 us-east-1 的 40 台 EC2 实例，以便维护底层宿主机。每台实例重启期间会有几分钟不可用。可在开始时间之前自行重启。',
  ],
  [
    'health-scheduled-change-many-instances',
    '因宿主机维护，40 个 EC2 实例将在 2026年9月30日 02:00（UTC+8）重启，期间会短暂中断。涉及账号 111122223333，区域 us-east-1。请在此之前自行迁移或重启。',
  ],
  [
    'health-scheduled-change-many-instances',
    '9月30日凌晨2点起，AWS 将重启 us-east-1 区域的 40 个实例（如 i-0875326bf497a0bdc），预计 6:00 结束。需要在开始之前处理。',
  ],
  [
    'health-lifecycle',
    'RDS for PostgreSQL 13 的标准支持将于 2027年2月28日 结束，之后仍在运行的实例会自动进入 Extended Support 并产生费用。受影响的是账号 111122223333 的 orders-primary 等 2 个资源，请在此之前升级到 PostgreSQL 16 或更高版本。',
  ],
  [
    'health-lifecycle',
    '账号 111122223333 在 us-east-1 的 arn:aws:rds:us-east-1:111122223333:db:orders-primary 仍使用 PostgreSQL 13，其标准支持到 2027-02-28 08:00:00 UTC+08:00 为止。届时未升级的实例将按 Extended Support 收费。',
  ],
  [
    'health-issue-open',
    'US-EAST-1 区域的一个可用区（use1-az4）中，部分 EC2 实例出现 API 错误率升高和网络连接问题，始于 2026-09-14 10:41:00。其他可用区的现有实例不受影响。AWS 将在 8:45 PM PDT 之前再次更新。',
  ],
  [
    'health-issue-open',
    'AWS 正在调查 us-east-1 中 use1-az4 可用区的 EC2 故障：API 错误率上升，部分实例网络不通。其他可用区不受影响，请确认自己的业务是否受影响，必要时切换流量。',
  ],
  [
    'health-issue-resolved',
    'us-east-1 区域 use1-az4 可用区的 EC2 故障已恢复，服务运行正常。故障发生在 2026-09-14 10:41 到 12:26 之间，期间 API 错误率升高、部分实例网络异常。请确认自己的业务也已恢复。',
  ],
  [
    'health-abuse-dos',
    'AWS 收到举报，账号 111122223333 的 2 台 EC2 实例（i-0425e704bbbde730e 和 i-04320ad5d775ed041）参与了对外的拒绝服务攻击。请立即隔离排查，并在 24 小时内回复举报邮件，说明已采取的措施。',
  ],
  [
    'health-credentials-exposed',
    '账号 111122223333 的访问密钥 AKIAIOSFODNN7EXAMPLE 出现在公开代码仓库中，应视为已泄露。请立即轮换该密钥，并检查账号的操作记录。',
  ],
  [
    'health-backup-region-copy',
    'EU-CENTRAL-1 区域的 Lambda 调用错误率升高，AWS 正在调查，自 2026年9月14日 10:55 开始。受影响的账号为 444455556666，该通知由 111122223333 收到。',
  ],
  [
    'alarm-metric',
    '订单 API 所在实例 i-0cd0492e5d5b80bf1 的 CPUUtilization 达到 97.33%，连续 3 个数据点超过阈值 80，告警 order-api-cpu-high 于 2026-09-14 11:12:08 触发，属于 order-api 的生产环境。',
  ],
  [
    'guardduty-crypto-mining',
    'GuardDuty 发现账号 444455556666 的实例 i-0a81201d9d69e6cd8（build-agent-7）在查询与挖矿有关的域名 pool.minexmr.example，共 17 次，最近一次是 2026-09-14 11:05:57。若非已知操作，应先隔离该实例并为卷创建快照。',
  ],
  [
    'health-investigation',
    'AWS 正在调查一个 Direct Connect 接入点可能出现的连接中断，涉及 dxcon-fg5678gh，尚未确认。请留意自己的监控指标，做好处置准备。',
  ],
]);
