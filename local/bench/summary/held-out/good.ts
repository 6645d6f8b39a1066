import { EKS, S3 } from './drafts';
import { BEYOND, type HeldOut, held, lines } from './held';

/** Right in all they say, worded as models word it. */
export const GOOD: readonly HeldOut[] = [
  ...held('good', 'zh-CN', 'an event', [
    [
      'health-issue-open',
      'AWS 正在调查 us-east-1 区域单个可用区（use1-az4）中部分 EC2 实例的 API 错误率升高和网络连接问题，事件始于 2026-09-14 10:41:00 UTC+08:00。其他可用区的现有实例未受影响，AWS 将在太平洋夏令时晚上 8:45 之前提供下一次更新。',
    ],
    [
      'health-issue-open',
      '账号 111122223333 所在的 us-east-1 区域出现 EC2 故障：可用区 use1-az4 内部分实例的 API 报错增多、网络连接异常。请确认业务是否受影响，必要时切换流量。AWS 预计最晚 8:45 PM PDT 更新进展。',
    ],
    [
      'health-issue-resolved',
      'us-east-1 可用区 use1-az4 的 EC2 故障已经解决，服务运行正常。故障发生在 PDT 晚上 7:41 到 9:26 之间，表现为 API 错误率升高以及部分实例的网络连接问题。建议先确认自身业务恢复，再解除告警。',
    ],
    [
      'health-lifecycle',
      'Amazon RDS for PostgreSQL 13 将于 2027年2月28日 结束标准支持。账号 111122223333（us-east-1）的 orders-primary 尚待处理，reports-replica 已解决。请在 2027-02-28 08:00（UTC+8）之前升级到 PostgreSQL 16 或更高版本，否则会自动转入 RDS 扩展支持并产生费用。',
    ],
    [
      'health-lifecycle',
      'RDS PostgreSQL 13 的标准支持到 2027/2/28 截止，之后仍在使用的实例会被纳入 Extended Support 并额外收费。目前两个资源中还有一个（orders-primary）没有处理，需升级到 16 或以上版本。',
    ],
    [
      'health-scheduled-change-many-instances',
      'AWS 计划于北京时间 2026 年 9 月 30 日 02:00 至 06:00 重启账号 111122223333 在 us-east-1 的 40 台 EC2 实例，其中 36 台待处理、4 台已解决。每台实例重启期间会有几分钟不可用，您可以在开始之前自行重启。',
      BEYOND.count,
    ],
    [
      'health-scheduled-change-many-instances',
      'us-east-1 的四十台 EC2 实例将在 9月30日凌晨2点到6点（UTC+08:00）因底层主机维护被重启，必须处理。请在 2026-09-30 02:00:00 UTC+08:00 之前自行迁移或重启，或确认业务可以承受数分钟的中断。',
    ],
    [
      'health-credentials-exposed',
      '账号 111122223333 的访问密钥 AKIAIOSFODNN7EXAMPLE 出现在公开代码仓库中，应视为已被他人使用。请立即禁用并轮换该密钥，同时在 CloudTrail 中逐个区域核查它的操作记录。',
    ],
    [
      'health-abuse-dos',
      'AWS 接到举报，账号 111122223333 的两台实例 i-0425e704bbbde730e 和 i-04320ad5d775ed041 参与了对外的拒绝服务（DoS）攻击，可能已被入侵。请立即隔离排查，并于24小时内回复 AWS Trust & Safety 的邮件说明处理措施，逾期资源可能被封禁、账号可能被暂停。',
    ],
    [
      'health-issue-paged',
      '账号 111122223333 在 us-east-1 的三个 EBS 卷因多个组件发生故障而丢失数据，AWS 无法恢复：vol-00f5a28aa57df822f、vol-024dd3a4ac06ef2cd、vol-0e4883f624ff0313b。请从最近的快照重建。本条是三条通知中的第二条（2/3）。',
    ],
    [
      'alarm-math',
      'Lambda 函数 payments 的错误率升至 7.81%，超过 5% 的阈值，最近三个数据点中有两个超标。该告警于 2026-09-14 11:12:08（UTC+8）触发，涉及账号 111122223333 的 us-east-1 区域。',
    ],
    [
      'alarm-anomaly',
      '欧洲店铺（Shop=eu）的订单量异常偏低：一分钟内只有 3 单，而预期范围约为 118～240 单。此前该告警已保持正常 3 小时。',
    ],
    [
      'alarm-insufficient-data',
      '告警 worker-heartbeat 因两个数据点缺失而转为数据不足状态，暂时起不到监控作用。请确认队列 invoices 对应的资源仍然存在并在上报 Heartbeat 指标。',
    ],
    [
      'custom-notification',
      '支付队列 payments-queue 出现积压，目前约有 4.8 万条消息，最早的一条已等待 26 分钟；6 个消费者中只有 2 个健康。需要扩容消费者，并通知店铺团队。',
    ],
    [
      'custom-notification',
      'payments-queue 堆积了 48211 条消息，最旧的消息已有26分钟，仅三分之一的消费者（2/6）健康。后续步骤：查看 runbook、扩容消费者、告知 shop 团队。',
    ],
    [
      'sns-plain-text',
      'orders-primary 的夜间备份用了 3 小时 12 分钟（即 192 分钟），而不是通常的 40 分钟，请检查磁盘。',
    ],
    [
      'guardduty-rds-login-govcloud',
      'GuardDuty 高危：用户 postgres 从 203.0.113.60（美国丹佛）尝试登录 RDS 数据库 records-db，失败 212 次后成功 1 次，疑似暴力破解得手。受影响账号为 444455556666，区域 us-gov-west-1；请关闭公网访问、轮换密码并核查数据是否被读取。',
    ],
    [
      'guardduty-crypto-mining',
      '账号 444455556666 在 us-east-1 的 EC2 实例 i-0a81201d9d69e6cd8（build-agent-7，m6i.large）自 9 月 14 日 09:48 起共 17 次查询与加密货币挖矿有关的域名。若非已知操作，请用不放行任何流量的安全组隔离该实例，为卷创建快照后再清理或重建。',
    ],
    [
      'backup-job-failed',
      'RDS 数据库 orders-primary 的备份任务失败，因为源实例不处于 “available” 状态。任务创建于 2026-09-14 09:00，11:11 结束（均为 UTC+08:00），所属备份库为 Default。',
    ],
    [
      'guardduty-kubernetes',
      'EKS 集群 prod-eu 的 kube-system 命名空间中有人在 coredns-5d78c9869d-abcde 这个 Pod（coredns:v1.11）里执行了命令，来源是西班牙马德里的 203.0.113.50，使用 kubectl v1.31.0。如非预期操作，该用户的凭证可能已泄露。',
    ],
    [
      'guardduty-s3-exfiltration',
      '角色 reporting 从 198.51.100.200 对存储桶 amzn-s3-demo-invoices 发起了远多于平时的 GetObject 调用，疑似数据外泄，账号 444455556666。请开启“阻止公有访问”、检查存储桶策略，并在 CloudTrail 中核查读写记录。',
    ],
  ]),
  ...held('good', 'en', 'an event', [
    [
      'health-issue-open',
      'Since 10:41 on 14 September 2026 (UTC+08:00) EC2 in us-east-1 has shown elevated API error rates and network connectivity problems, limited to a single Availability Zone (use1-az4). Existing instances in other zones are unaffected. AWS will post its next update by 8:45 p.m. PDT.',
    ],
    [
      'health-lifecycle',
      'Standard support for RDS for PostgreSQL 13 ends on 28 February 2027. In account 111122223333 (us-east-1), orders-primary still needs to be upgraded to PostgreSQL 16 or later, while reports-replica is already resolved. Instances left on version 13 after that date are enrolled in Extended Support and charged for it.',
    ],
    [
      'health-lifecycle',
      'Amazon RDS is ending standard support for PostgreSQL 13 on Feb 28, 2027 (2027-02-28 08:00 UTC+08:00). One of the two affected databases, orders-primary (team orders), is still pending; the other one has been dealt with.',
    ],
    [
      'health-scheduled-change-many-instances',
      'Forty EC2 instances of account 111122223333 in us-east-1 will be rebooted for host maintenance on September 30, 2026, between 02:00 and 06:00 (UTC+08:00). Each will be down for a few minutes. You can avoid the scheduled window by rebooting them yourself beforehand.',
    ],
    [
      'health-scheduled-change-many-instances',
      'AWS will reboot 40 EC2 instances (36 pending, four already resolved) in us-east-1 on 30 Sep 2026 from 2 a.m. to 6 a.m. UTC+8, whether or not you act. Move or restart them before then, or make sure that your workload survives it.',
      BEYOND.count,
    ],
    [
      'health-abuse-dos',
      'AWS received reports that two of your instances, i-0425e704bbbde730e and i-04320ad5d775ed041 in account 111122223333, took part in a denial-of-service attack. Stop the activity and answer the AWS Trust & Safety email within 24h describing the steps you took; otherwise AWS may block the resources or suspend the account.',
    ],
    [
      'alarm-anomaly',
      'Orders in the EU shop have dropped to 3 in one minute, well below the expected band of roughly 118 to 240. The alarm went from OK to ALARM at 11:12:08 UTC+08:00 on 14 September 2026.',
    ],
    [
      'alarm-composite',
      'Customers cannot pay. The composite alarm checkout-service fired after checkout-5xx (11:10:40) and checkout-latency-p99 (11:11:02, both UTC+08:00) went into ALARM; its actions are currently suppressed by checkout-maintenance.',
    ],
    [
      'alarm-metric',
      'CPU utilization of i-0cd0492e5d5b80bf1 averaged 97.3% and stayed above the 80% threshold for three consecutive five-minute periods. The order API is CPU bound in account 111122223333, us-east-1 (team orders, stage prod).',
    ],
    [
      'alarm-china',
      'The RDS instance orders-primary in cn-north-1 is at 97.33% CPU, above its threshold of 80%, after two days without an alarm. The note on the alarm says that CPU is too high and asks to contact the colleague on duty.',
    ],
    [
      'guardduty-attack-sequence',
      'GuardDuty ties three signals to one attack on the IAM user deploy-bot in account 444455556666: API calls from Tor (three times), a DeleteTrail call, and 14 unusual reads from S3. The credentials are most likely compromised, so contain the user and the bucket amzn-s3-demo-invoices at once.',
    ],
    [
      'guardduty-port-probe',
      'Port 22 (SSH) on the instance i-07ffd692cff0aa7b7 ("bastion") is open and is being probed by known malicious hosts in Brazil (198.51.100.23) and France (198.51.100.99). Severity is low, and a probe alone is not a break-in; restrict the port in the security group.',
    ],
    [
      'guardduty-access-key',
      'The IAM user deploy-bot logged in to the console several times from different places, including 203.0.113.77 in Berlin, between 09:48 and 11:05 UTC+08:00. Ask the owner; if it was not them, disable the key AKIAIOSFODNN7EXAMPLE and check CloudTrail.',
    ],
    [
      'health-backup-region-copy',
      'AWS is investigating increased error rates for Lambda invocations in eu-central-1, ongoing since 2026-09-14 10:55 UTC+08:00. It concerns account 444455556666; the notice reached you through account 111122223333 in us-west-2.',
    ],
    [
      'card-ready-made',
      'Version 4.2.0 of order-api was released to production by li.na (pipeline order-api-main #1841). All 12 instances are healthy and the error rate is 0.02%.',
    ],
    [
      'custom-notification',
      'The payments queue holds 48,211 messages and keeps growing; the oldest has waited 26 min. Only a third of its consumers (2 of 6) are healthy. Next steps are to consult the runbook, scale out the consumers and tell the shop team.',
    ],
    [
      'health-account-notification-zh',
      'ACM has finished renewing the certificate for shop.example.com in cn-northwest-1 (account 111122223333). No action is required.',
    ],
    [
      'sns-plain-text',
      'The nightly backup of orders-primary took 192 minutes (3 h 12 min) instead of 40, almost five times as long. Please check the disk.',
      BEYOND.count,
    ],
  ]),
  ...held('good', 'zh-CN', 'a digest', [
    [
      'digest',
      '11:02 至 11:14（UTC+08:00）共收到 23 个事件，其中严重 3 个、警告 6 个、信息 14 个。最严重的是 checkout-5xx 告警：5XX 错误数达到 812，远超阈值 50，客户无法付款。涉及账号 111122223333（us-east-1、eu-west-1）和 444455556666（ap-southeast-1）。',
    ],
    [
      'digest',
      '约 13 分钟内共 23 条通知，集中在 9 条 CloudWatch 告警和 12 条 EC2 状态变化。结账服务的 p99 延迟为 4.2，高于阈值 1.5，且客户无法付款；另有实例 i-0f9cfb9461ad9b31c 被终止。',
    ],
  ]),
  ...held('good', 'en', 'a digest', [
    [
      'english digest',
      '57 events arrived between 06:10 and 06:31 UTC on October 2, 2026: one critical, 44 warnings and 12 for information. The critical one is an RDS issue (Aurora MySQL connectivity) in eu-west-2, account 555566667777. All 44 warnings are GuardDuty findings about the credentials ci-deploy in account 222233334444, eu-central-1.',
    ],
  ]),
  ...held('good', 'zh-CN', 'a gist', [
    [
      'throttling',
      'eu-central-1 的函数 invoice-render 在 9月10日 07:12–07:58 UTC 因并发达到账号上限 1000 而被限流，约 18% 的调用返回 429；已申请将配额提升到 3000，通常需要 24 至 48 小时。\n请先设置 300 的预留并发，并在 2026年9月18日 下午5点（PDT）前提供两到三个失败调用的 request ID，7 天内无回复工单会自动关闭。',
    ],
    [
      'throttling',
      '限流原因是账号并发达到 1,000 的上限（约占调用的 18%），Lambda 服务本身正常，提升至 3,000 的申请已提交，一般 1 至 2 天完成。\n需要您：为 invoice-render 设置预留并发 300；于 2026-09-18 17:00 PDT 前发送 2–3 个失败请求的 ID。',
    ],
    [
      'failover',
      'ledger-prod-1 因主机内存不足（FreeableMemory 连续 11 分钟低于 250 MB）于 2026-09-09 21:03:17 UTC 重启，38 秒内切换到 ledger-prod-2，无数据丢失，复制未中断。\n建议升级到 15.10 或更高版本，并将 log_min_duration_statement 设为 0.5 秒（500 ms）以找出慢查询。',
    ],
  ]),
  ...held('good', 'en', 'a gist', [
    [
      'dynamo',
      'Writes to the DynamoDB table user-session (cn-northwest-1) were throttled from 14:20 to 15:05 Beijing time on September 8 because about 70% of them hit one partition, which is limited to 1,000 WCU per second; the provisioned 4,000 WCU were not used up.\nSpread the hot key tenant_id or switch to on-demand mode, and describe your access pattern (peak QPS, item size) by September 20, 18:00.',
    ],
    [
      'dynamo',
      'A hot partition key (tenant_id) caused the write throttling on 8 Sep.\nAWS asks for your recent access pattern, including peak QPS and record size, by 6 p.m. on Sep 20.',
    ],
    [
      'throttling',
      'Throttling of invoice-render was caused by the concurrency limit of 1,000 being reached for 46 minutes; a raise to 3,000 has been requested (24-48 hours).\nSet reserved concurrency to 300 and send 2-3 failed request IDs before Sept 18, 2026, 17:00 PDT.',
    ],
  ]),
  ...held('good', 'zh-CN', 'a draft', [
    ['s3', lines(S3)],
    [
      's3',
      lines({
        ...S3,
        subject: '【性能】访问 acme-report-prod 下载速度明显下降',
        time: '昨天 22:40 起（时区未说明）',
        symptoms: '200MB 文件下载耗时 15min（正常约 40s）',
        impact: '30 人左右',
      }),
    ],
    [
      'bill',
      lines({
        ...S3,
        subject: 'NAT Gateway 8 月费用较 7 月增加 1200 美元，请求排查原因',
        service: 'billing',
        category: 'charge-inquiry',
        severity: 'low',
        type: 'customer-service',
        time: '8 月账单',
        resources: '-',
        region: '-',
        symptoms: 'NAT Gateway 费用环比增加 $1,200，期间未变更架构（账号 555566667777）',
        impact: '-',
      }),
    ],
    [
      'eks',
      lines({
        ...EKS,
        subject: 'payments-eks 无法从 ECR 拉取镜像',
        time: '今天早上 9 点左右（CET）起',
        symptoms: 'Pod 一直处于 ImagePullBackOff，报错 dial tcp 10.20.30.40:443: i/o timeout',
        impact: '五个节点中有三个受影响，大约六成支付失败',
      }),
    ],
  ]),
  ...held('good', 'en', 'a draft', [
    ['eks', lines(EKS)],
    [
      'eks',
      lines({
        ...EKS,
        subject: 'ImagePullBackOff on payments-eks: i/o timeout to ECR',
        symptoms: 'Since around 9:00 AM CET image pulls from ECR time out (10.20.30.40, port 443).',
        impact: '60% of payments fail; 3/5 nodes affected',
      }),
    ],
    [
      's3',
      lines({
        ...S3,
        subject: 'Slow downloads from S3 bucket acme-report-prod at the Shanghai office',
        time: 'Since about 22:40 yesterday evening; time zone not stated',
        resources: 'acme-report-prod, account 222233334444',
        symptoms:
          'A 200 MB file takes 15 minutes to download; usually it takes 40 seconds. Restarting the router did not help.',
        impact: 'About 30 colleagues are affected.',
      }),
    ],
    [
      'quota',
      lines({
        ...EKS,
        subject: 'Raise Lambda concurrent executions in us-west-2 from 1000 to 5000',
        service: 'service-limit-increase',
        category: 'lambda-concurrency',
        time: 'Needed before October 10',
        resources: 'Account prod-eu',
        region: 'us-west-2',
        symptoms: 'Current limit: 1,000; current peak: 870 (87%).',
        impact: 'Sale on 10 October',
      }),
      BEYOND.count,
    ],
  ]),
];
