import { EKS, S3 } from './drafts';
import { BEYOND, type HeldOut, held, lines } from './held';

/** Written after each of three repairs of the guard, before it was run on them: whether what had been learnt holds for other words. */
export const LATER: readonly HeldOut[] = [
  ...held('good', 'zh-CN', 'the second time', [
    [
      'health-issue-open',
      'us-east-1 的一个可用区（use1-az4）里，部分 EC2 实例从 2026年9月14日上午10:41（UTC+08:00）起网络不通、API 报错变多，AWS 还在调查，下次更新不晚于太平洋夏令时 20:45。请核实业务是否受影响，必要时做流量切换。',
    ],
    [
      'health-abuse-dos',
      '有人向 AWS 投诉账号 111122223333 的 2 台 EC2 参与 DoS 攻击，实例可能已经失陷。一天之内要回信给 AWS Trust & Safety，讲清楚已经做了什么；不回的话，资源可能被封，账号也可能被停用。',
    ],
    [
      'guardduty-attack-sequence',
      'deploy-bot 的凭证疑似被盗：9月14日 09:48 起先后出现 3 次来自 Tor 的调用、1 次 DeleteTrail，以及 14 次异常的 S3 读取（UTC+08:00）。涉及账号 444455556666，请立即隔离该凭证和存储桶 amzn-s3-demo-invoices，再逐条排查。',
    ],
    [
      'guardduty-port-probe',
      '堡垒机 bastion（i-07ffd692cff0aa7b7）的 22 端口正被来自巴西和法国的两个已知恶意地址探测，属于低危。被探测不代表已经失陷，建议在安全组里收紧该端口的来源地址。',
    ],
    [
      'guardduty-access-key',
      'IAM 用户 deploy-bot 短时间内从不同地区多次成功登录控制台，其中一次来自德国柏林的 203.0.113.77。请向本人确认，若非本人操作，应马上禁用密钥 AKIAIOSFODNN7EXAMPLE 并查看 CloudTrail。',
    ],
    [
      'guardduty-runtime-ecs',
      'ECS 集群 web 中运行 nginx:1.27 的容器执行了运行期间才写入的程序 /tmp/.x/xmrig（用户 www-data），很可能被植入挖矿程序。请隔离该任务、保留镜像和日志，然后换成干净的版本。',
    ],
    [
      'alarm-composite',
      '结账服务 checkout-service 告警：5xx 与 p99 延迟两个子告警都已触发，客户无法付款。告警操作目前被 checkout-maintenance 抑制。',
    ],
    [
      'health-investigation',
      'AWS 正在排查某个 Direct Connect 站点可能的连接中断，涉及 dxcon-fg5678gh，目前还没有确认。先盯住自己的指标，随时准备处置。',
    ],
    [
      'health-lifecycle',
      '离 PostgreSQL 13 停止标准支持的日子（2027-02-28 08:00 UTC+08:00）还有时间，但 orders-primary 仍未升级，需要在那之前升到 16 或更新的版本，否则会被收取扩展支持费用。',
    ],
    [
      'failover',
      '9 月 9 日 21:03（UTC）主实例 ledger-prod-1（db.r6g.2xlarge）内存耗尽而重启，约 38 秒后由 ledger-prod-2 接管，数据没有丢失。\n建议升级引擎到 15.10 以上，并把 log_min_duration_statement 设成 500 毫秒。',
    ],
    [
      's3',
      lines({
        ...S3,
        subject: '上海办公室下载 acme-report-prod 中的文件异常缓慢',
        time: '昨天晚上十点四十左右',
        symptoms: '200MB 文件要 15 分钟，平时 40 秒，重启过路由器没有改善',
        impact: '大约三十位同事',
      }),
    ],
    [
      'bill',
      lines({
        ...S3,
        subject: '八月份 NAT Gateway 费用上涨',
        time: '-',
        resources: '账号 555566667777',
        region: '-',
        symptoms: '8 月 NAT Gateway 费用比 7 月高出 1200 美元，架构没有变化',
        impact: '-',
      }),
    ],
  ]),
  ...held('good', 'en', 'the second time', [
    [
      'health-issue-resolved',
      'The EC2 problem in us-east-1 (use1-az4) is over: from 7:41 to 9:26 PM PDT API calls failed more often and some instances lost their network. AWS says that the service operates normally again. Confirm that your own workload has recovered.',
    ],
    [
      'health-issue-paged',
      'Three EBS volumes in us-east-1 (account 111122223333) failed and cannot be recovered: vol-00f5a28aa57df822f, vol-024dd3a4ac06ef2cd and vol-0e4883f624ff0313b. Recreate them from the latest snapshots. This is page 2 of 3.',
    ],
    [
      'guardduty-rds-login-govcloud',
      'Someone at 203.0.113.60 (Denver) logged in to the Aurora PostgreSQL database records-db as postgres after 212 failed attempts, which looks like a successful brute-force attack. Close the database to the public, change the password and check what was read. Account 444455556666, us-gov-west-1.',
    ],
    [
      'guardduty-crypto-mining',
      'EC2 instance i-0a81201d9d69e6cd8 (build-agent-7) has looked up a cryptocurrency domain, pool.minexmr.example, 17 times since 09:48 UTC+08:00. If you do not recognise this, isolate it with a security group that allows no traffic and take snapshots before cleaning or replacing it.',
    ],
    [
      'guardduty-lambda-sample',
      'Sample finding: the Lambda function GeneratedFindingLambda tried to reach a Tor Guard node at 198.51.100.0, and the connection was blocked. Account 444455556666, us-east-1.',
    ],
    [
      'backup-job-failed',
      'The daily backup of the RDS database orders-primary failed at 11:11 UTC+08:00 because the source instance was not in the "available" state. It had been running since 09:00; the vault is Default.',
    ],
    [
      'alarm-insufficient-data',
      'worker-heartbeat has not received data for two datapoints, so it is not watching the queue invoices at the moment. It had been OK for six hours before. Check that the worker still exists and sends its heartbeat.',
    ],
    [
      'health-credentials-exposed',
      'The access key AKIAIOSFODNN7EXAMPLE (account 111122223333) is in a public repository. Treat it as compromised: disable it immediately, rotate it, and go through CloudTrail in all Regions for what it was used for.',
    ],
    [
      'alarm-ok',
      'order-api-cpu-high has recovered: i-0cd0492e5d5b80bf1 is at 41.2% CPU, below its threshold of 80%, after half an hour in alarm. Check that users are being served again.',
    ],
    [
      'throttling',
      'invoice-render hit the account-wide limit of 1,000 concurrent executions on September 10 (07:12-07:58 UTC) and 18% of calls failed with HTTP 429; a quota of 3,000 has been requested.\nReserve 300 for it and reply with two or three failed request IDs by 5 PM PDT on September 18, 2026, or the case closes after 7 days.',
    ],
    [
      'dynamo',
      'user-session was throttled on September 8, 14:20-15:05 (Beijing time), since about 70% of the writes went to a single partition.\nAdd a suffix to tenant_id or move to on-demand, and send AWS your access pattern before 18:00 on September 20.',
    ],
    [
      'english digest',
      '57 notifications within about twenty minutes. Most (44) are medium GuardDuty findings on ci-deploy in eu-central-1; the critical one reports Aurora MySQL connectivity trouble in eu-west-2 for account 555566667777.',
    ],
    [
      'eks',
      lines({
        ...EKS,
        time: 'This morning, approx. 9:00 CET',
        symptoms: 'Image pulls from ECR fail with "i/o timeout" to 10.20.30.40:443; pods remain in ImagePullBackOff.',
        impact: '3 out of 5 nodes; ~60% of payments failing',
      }),
    ],
  ]),
  ...held('bad', 'zh-CN', 'the second time', [
    ['health-issue-open', 'us-east-1 的 EC2 故障已经过去，业务可照常运行。'],
    ['health-backup-region-copy', 'eu-central-1 的 Lambda 短暂抖动，现已恢复。'],
    ['guardduty-runtime-ecs', 'ECS 集群 web 执行了新写入的程序，经核实系运维人员所为，可结案。', BEYOND.idiom],
    ['alarm-metric', 'i-0cd0492e5d5b80bf1 的 CPU 到 97.33%，建议把实例规格升级为 c7g.4xlarge。'],
    [
      'health-scheduled-change-many-instances',
      'AWS 会在 2026年9月30日 06:00 至 10:00（UTC+08:00）重启 40 台实例，请提前处理。',
    ],
    ['health-scheduled-change-many-instances', 'AWS 会在太平洋时间 2026年9月30日 02:00 重启 40 台实例，请提前处理。'],
    ['health-abuse-dos', '账号 111122223333 的两台实例被举报，请在 24 天内回复 AWS Trust & Safety。'],
    [
      'throttling',
      'invoice-render 被限流约 46 小时，配额提升需 24 至 48 分钟。\n请在 2026年9月18日 17:00 PDT 前提供 request ID。',
    ],
    ['guardduty-s3-exfiltration', '角色 reporting 大量读取 amzn-s3-demo-payroll，请检查存储桶策略。'],
    ['sns-plain-text', 'orders-primary 的夜间备份耗时 3 小时 12 分钟，请清理磁盘并扩容到两倍。', BEYOND.advice],
    ['s3', lines({ ...S3, impact: '约 300 名同事受影响' })],
  ]),
  ...held('bad', 'en', 'the second time', [
    ['health-issue-open', 'The EC2 problem in us-east-1 has blown over, and everything is running smoothly.'],
    [
      'guardduty-port-probe',
      'Port 22 of the bastion is being probed. Your team can stand down, it is only background noise.',
    ],
    [
      'health-issue-paged',
      'Three EBS volumes failed. AWS will bring the data back within a few hours.',
      BEYOND.negation,
    ],
    ['alarm-sns-shape', 'orders-primary has 412 connections. Kill idle sessions and raise max_connections to 500.'],
    ['health-lifecycle', 'Upgrade orders-primary to PostgreSQL 16 before February 28, 2028.'],
    [
      'health-scheduled-change-many-instances',
      'Forty instances will be rebooted on September 30, 2026 at 02:00 Pacific Time.',
    ],
    ['alarm-metric', 'order-api-cpu-high: 80% CPU for five 15-minute periods.'],
    [
      'guardduty-access-key',
      'deploy-bot logged in to the console from Berlin and from Singapore within minutes.',
      BEYOND.place,
    ],
    [
      'health-credentials-exposed',
      'The key AKIAIOSFODNN7EXAMPLE leaked. Text the new secret to your AWS account manager.',
      BEYOND.advice,
    ],
    ['eks', lines({ ...EKS, resources: 'payments-eks, staging-eks, i-0123abcd4567ef890' })],
  ]),
  ...held('good', 'zh-CN', 'the third time', [
    [
      'health-issue-resolved',
      'EC2 在 us-east-1（可用区 use1-az4）的故障已于 2026-09-14 12:26（UTC+08:00）结束，AWS 称服务运行正常。此前自 10:41 起，部分实例存在 API 报错和网络连接问题，持续 1 小时 45 分钟。',
    ],
    [
      'health-credentials-exposed',
      '紧急：本账号（111122223333）一个访问密钥 AKIAIOSFODNN7EXAMPLE 被公开在代码仓库里。应假定它正被人使用，立刻停用并轮换，再用 CloudTrail 把各区域的操作查一遍。',
    ],
    [
      'guardduty-ebs-malware',
      'GuardDuty 在 file-server（i-02b1294e0b9f1a9d0）上扫描出 2 个安全风险，其中 /srv/upload/invoice.zip 被识别为 EICAR-Test-File。除非是已知操作，否则请先隔离实例并做快照，再清理或重建。',
    ],
    [
      'guardduty-object-scan',
      '对象 s3://amzn-s3-demo-uploads/2026/09/14/合同 附件.zip 被 GuardDuty 查出恶意软件 EICAR-Test-File。请隔离或删除它，并查明是谁上传、谁读取过。',
    ],
    [
      'guardduty-runtime-unhealthy',
      'EKS 集群 prod-eu 有一个节点的 GuardDuty 代理不再上报，运行时监控由 Healthy 变为 Unhealthy，修复前 GuardDuty 看不到该集群。请检查安全代理和 VPC 终端节点。',
    ],
    [
      'alarm-sns-shape',
      '数据库 orders-primary 的连接数达到 412，超过 400 的上限；最近五个周期里有三个超标。属于账号 111122223333 的 us-east-1。',
    ],
    [
      'health-long-description',
      '账号 111122223333 在 us-east-1 的 EBS 卷 vol-0eb9340cb87474f68（orders-data）性能下降，工程师仍在恢复。业务若受影响，可用最近的快照新建卷，挂到其他可用区的实例上。',
    ],
    [
      'digest',
      '一共 23 个事件：3 个严重、6 个警告、14 个信息，集中在 11:02–11:14。最严重的是 checkout-5xx（812，阈值 50），客户无法付款；ap-southeast-1 还有 12 条 EC2 状态变化。',
    ],
    [
      'throttling',
      '9月10日 UTC 07:12 到 07:58，invoice-render 因达到 1000 的并发上限被限流，约 18% 的调用收到 429；提升到 3000 的申请已提交，需 24–48 小时。\n请预留 300 并发，并在 9月18日 17:00（PDT，2026 年）前发来两三个失败请求的 ID。',
    ],
    [
      'eks',
      lines({
        ...EKS,
        subject: 'payments-eks 拉取 ECR 镜像超时',
        time: '今早约 9 点（CET）',
        symptoms: 'Pod 卡在 ImagePullBackOff，访问 10.20.30.40:443 超时',
        impact: '5 个节点中 3 个受影响，约 60% 的支付失败',
      }),
    ],
  ]),
  ...held('good', 'en', 'the third time', [
    [
      'health-scheduled-change-many-instances',
      'Scheduled maintenance will reboot 40 EC2 instances in us-east-1 (account 111122223333) between 2:00 and 6:00 AM on September 30, 2026 (UTC+08:00). Action is required: reboot or migrate them before the window opens, or make sure a few minutes of downtime per instance is acceptable.',
    ],
    [
      'health-lifecycle',
      'PostgreSQL 13 on Amazon RDS loses standard support on February 28, 2027, and instances that remain on it will incur Extended Support charges. orders-primary (team=orders) is still pending and must move to version 16 or later; reports-replica has been resolved.',
    ],
    [
      'guardduty-s3-exfiltration',
      'The role reporting read far more objects than usual from amzn-s3-demo-invoices, from 198.51.100.200, between 09:48 and 11:05 UTC+08:00. This may be data exfiltration in account 444455556666. Block public access, review the bucket policy and check CloudTrail for reads and writes.',
    ],
    [
      'guardduty-kubernetes',
      'Someone executed a command in the coredns pod of the EKS cluster prod-eu, from 203.0.113.50 in Madrid. Unless this was expected, the credentials of the user may be compromised.',
    ],
    [
      'alarm-math',
      'More than 5% of payments are failing: the error rate is 7.8% and has been at or above the threshold in two of the last three minutes.',
    ],
    [
      'health-account-notification-zh',
      'The certificate for shop.example.com (5f0c2a94-6f3d-4d0e-9f57-2b8c1e7a4d33) was renewed automatically; there is nothing to do.',
    ],
    [
      'sns-plain-text',
      'The nightly backup of orders-primary ran for 3 hours and 12 minutes rather than the usual 40 minutes. Somebody should look at the disk.',
    ],
    [
      'dynamo',
      'AWS found a hot partition: about 70% of writes to user-session share one partition key and exceeded 1,000 WCU.\nThey suggest suffixing the key or on-demand capacity, and want your access pattern (peak QPS, record size) by September 20 at 18:00.',
    ],
    [
      'quota',
      lines({
        ...EKS,
        subject: 'Increase Lambda concurrency quota to 5,000 (us-west-2)',
        time: 'Before October 10',
        resources: 'prod-eu',
        region: 'us-west-2',
        symptoms: 'The quota is 1,000 and the current peak is 870.',
        impact: 'Risk of throttling during the sale',
      }),
    ],
  ]),
  ...held('bad', 'zh-CN', 'the third time', [
    ['health-issue-open', 'AWS 已定位问题并完成修复，us-east-1 的 EC2 请求全部成功。'],
    ['guardduty-crypto-mining', 'i-0a81201d9d69e6cd8 的挖矿行为是安全团队的测试，忽略即可。'],
    ['alarm-china', 'orders-primary 的 CPU 达到 79.33%，略低于 80% 的阈值。'],
    ['health-lifecycle', 'PostgreSQL 13 的标准支持 2027年2月27日 到期，请升级。'],
    ['health-abuse-dos', '实例 i-0425e704bbbde730e 参与攻击，请终止实例并在 24 小时内注销账号。'],
    ['dynamo', 'user-session 在 9月8日 15:05 至 14:20 被限流。\n请在 9月20日 18:00 前答复。'],
    ['s3', lines({ ...S3, resources: 'acme-report-staging' })],
  ]),
  ...held('bad', 'en', 'the third time', [
    ['health-backup-region-copy', 'Lambda error rates in eu-central-1 were elevated from 10:55 to 11:40 UTC+08:00.'],
    ['guardduty-attack-sequence', 'deploy-bot made three calls through Tor; AWS has already revoked its credentials.'],
    ['alarm-metric', 'i-0cd0492e5d5b80bf1 was above 80% CPU for three 5-hour periods.'],
    [
      'throttling',
      'Expect the new quota of 3,000 within 24 to 48 days.\nSend two request IDs by September 18, 2026, 5:00 PM PDT.',
    ],
    ['health-issue-open', 'AWS will post another update by 8:45 PM PST.'],
    ['failover', 'No data was lost. Set log_min_duration_statement to 500 s and upgrade to 15.1.'],
  ]),
  ...held('good', 'zh-CN', 'the fourth time', [
    [
      'health-issue-open',
      '【us-east-1】可用区 use1-az4 的 EC2 出现 API 错误率上升及网络连接异常，AWS 正在调查（2026-09-14 10:41 UTC+8 开始）。其余可用区的现有实例正常运行，未受波及；AWS 会在 PDT 20:45 前再发更新。',
    ],
    [
      'health-scheduled-change-many-instances',
      '请注意：2026年9月30日凌晨两点至六点（UTC+08:00），AWS 将对 us-east-1 的 40 个实例执行重启维护，单台中断几分钟。如不希望在该时段重启，可在此之前自行重启。',
    ],
    [
      'guardduty-port-probe',
      '低危：实例 bastion 的 SSH 端口（22）未受保护，被 198.51.100.23 和 198.51.100.99 探测，累计 17 次，最近一次在 11:05。请仅对必要的来源地址开放该端口。',
    ],
    [
      'guardduty-rds-login-govcloud',
      'records-db 疑遭暴力破解：先失败 212 次，随后以 postgres 用户成功登录一次。请尽快关闭公网访问、修改该用户的密码，并确认数据是否已被读取。',
    ],
    [
      'alarm-metric',
      '订单 API 的实例 i-0cd0492e5d5b80bf1 CPU 连续 15 分钟超过 80%，最新值 97.33%，告警于 11:12:08 触发，此前两天一直正常。',
      BEYOND.count,
    ],
    [
      'backup-job-failed',
      'orders-primary 今天的备份失败：源数据库实例不可用。作业 c8e75b5b-a19b-4b80-a28d-36d7d9eee488，备份库 Default。',
      BEYOND.day,
    ],
    [
      'failover',
      '根因是写节点内存不足：FreeableMemory 在此前 11 分钟里低于 250 MB，主机因此重启，故障转移用时 38 秒，无数据丢失。\nAWS 建议升级到 15.10 及以上，工单会保持打开，直到您完成升级。',
    ],
    [
      'quota',
      lines({
        ...S3,
        subject: '申请将 us-west-2 的 Lambda 并发配额从 1000 提高到 5000',
        time: '10 月 10 日大促之前',
        resources: '账号 prod-eu',
        region: 'us-west-2',
        symptoms: '当前配额 1000，目前峰值 870',
        impact: '大促',
      }),
    ],
  ]),
  ...held('good', 'en', 'the fourth time', [
    [
      'health-issue-open',
      'A single AZ (use1-az4) in us-east-1 is experiencing increased EC2 API error rates and connectivity problems for some instances. Instances in other AZs are not affected, and AWS expects to share an update no later than 8:45 PM PDT.',
    ],
    [
      'health-issue-paged',
      'AWS could not recover three impaired EBS volumes in account 111122223333, us-east-1, after multiple component failures. The data is lost; restore vol-00f5a28aa57df822f and the other two from a snapshot.',
    ],
    [
      'guardduty-network-connection',
      'The ci-runner instance i-0f50e29ecaaf222cd has contacted a known command-and-control server (198.51.100.7, port 6667/IRC, Amsterdam) 17 times between 09:48 and 11:05 (UTC+8). Unless you recognise the activity, isolate the instance, snapshot its volumes and then rebuild it.',
    ],
    [
      'guardduty-runtime-ecs',
      'A container of the ECS cluster web (image nginx:1.27) ran a newly written binary, /tmp/.x/xmrig, as www-data. That is typical of crypto mining. Isolate the task, preserve its image and logs, and redeploy a clean version.',
    ],
    [
      'alarm-insights',
      'Two of 118 instances in the fleet exceed the CPU alarm threshold of 95%; the alarm fleet-cpu-max went off at 11:12 on 14 September (UTC+8) after five hours of OK.',
    ],
    [
      'custom-notification',
      'The payments team should act: payments-queue has almost 48,000 messages waiting, the oldest for 26 minutes, because only two of six consumers are healthy. Scale the consumers out and inform the shop team.',
    ],
    [
      'throttling',
      'Root cause: account concurrency limit reached (1,000), so 18% of invoice-render calls were throttled with 429 on Sept 10; AWS has requested 3,000 for you, expected in 1–2 days.\nBy Sept 18, 2026, 5 p.m. PDT: reserve 300 for the function and share 2 or 3 request IDs.',
    ],
    [
      'bill',
      lines({
        ...EKS,
        subject: 'NAT Gateway charges rose by 1,200 USD in August',
        time: 'August bill',
        resources: 'Account 555566667777',
        region: '-',
        symptoms: 'NAT Gateway costs are $1,200 higher than in July, although the architecture has not changed.',
        impact: '-',
      }),
    ],
  ]),
  ...held('bad', 'zh-CN', 'the fourth time', [
    [
      'health-scheduled-change-many-instances',
      '2026年9月30日凌晨两点至八点（UTC+08:00），AWS 将重启 us-east-1 的 40 个实例。',
    ],
    ['guardduty-crypto-mining', 'build-agent-7 累计 71 次查询挖矿域名，请隔离。'],
    ['alarm-metric', '订单 API 的 CPU 连续 50 分钟超过 80%，最新值 97.33%。'],
    ['health-credentials-exposed', '密钥 AKIAIOSFODNN7EXAMPLE 已泄露，请把新密钥发到值班群。', BEYOND.advice],
    ['health-backup-region-copy', 'Lambda 在 eu-central-1 的故障影响有限，预计一小时内恢复。'],
    ['health-abuse-dos', '请在明天中午 12 点前回复 AWS Trust & Safety。'],
  ]),
  ...held('bad', 'en', 'the fourth time', [
    ['health-lifecycle', 'Upgrade orders-primary to PostgreSQL 17 by February 28, 2027.'],
    [
      'guardduty-rds-login-govcloud',
      'The user postgres logged in to records-db after 212 failed attempts. Drop the database and restore it from backup.',
    ],
    ['dynamo', 'About 17% of the writes hit one partition.\nSend the access pattern by September 20, 18:00.'],
    ['health-issue-open', 'The outage also affects RDS and Lambda in us-east-1.', BEYOND.place],
    [
      'guardduty-s3-exfiltration',
      'Someone downloaded the whole bucket amzn-s3-demo-invoices; customer card numbers are exposed.',
      BEYOND.cause,
    ],
    ['alarm-anomaly', 'Orders in the EU shop are back within the expected band.'],
  ]),
];
