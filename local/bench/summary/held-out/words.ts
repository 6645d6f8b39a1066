/** What the held-out outputs are about, beside the events of `events/`. */
export const DIGESTS: Readonly<Record<string, string>> = {
  digest: `🔴 23 个事件 · 严重 3，警告 6，信息 14 · 2026-09-14 11:02:10 – 11:14:55 UTC+08:00
短时间内的事件超过了本群机器人的发送限额，本消息汇总了全部事件。
9 × cloudwatch-alarm: 严重 · 111122223333 · us-east-1 · 2026-09-14 11:02:10 – 11:14:02 UTC+08:00
12 × ec2-state: 警告 · 444455556666 · ap-southeast-1 · 2026-09-14 11:03:41 – 11:14:55 UTC+08:00
2 × health: 信息 · 111122223333 · eu-west-1 · 2026-09-14 11:05:00 UTC+08:00
最严重: 告警 · checkout-5xx · HTTPCode_Target_5XX_Count 812 > 50
Customers cannot pay.

🔴 告警 · checkout-latency-p99 · TargetResponseTime 4.2 > 1.5 × 2
🟠 告警 · EC2 实例已终止 · i-0f9cfb9461ad9b31c
…… 另有 19 个，已计入上方统计`,
  'english digest': `🔴 57 events · critical 1, warning 44, info 12 · 2026-10-02 06:10:00 – 06:31:20 UTC+00:00
More came than this chat may be sent one by one, so this message stands for all of them.
44 × guardduty: warning · 222233334444 · eu-central-1 · 2026-10-02 06:10:00 – 06:31:20 UTC+00:00
12 × ec2-state: info · 222233334444 · eu-central-1 · 2026-10-02 06:12:30 – 06:20:11 UTC+00:00
1 × health: critical · 555566667777 · eu-west-2 · 2026-10-02 06:15:00 UTC+00:00
Most severe: Health event · RDS operational issue · eu-west-2
We are investigating connectivity issues for Aurora MySQL in the EU-WEST-2 Region.

🟠 GuardDuty medium · unauthorized access · credentials ci-deploy × 44`,
};

/** Of AWS's engineers, about a case. */
export const LETTERS: Readonly<Record<string, string>> = {
  throttling: `Hi team,

Thank you for your patience while I looked into case 17894512340.
From the service side I can see that function invoice-render in eu-central-1 (account 222233334444) was throttled between 07:12 UTC and 07:58 UTC on September 10, 2026. During that window its concurrency reached the account limit of 1,000, and about 18% of the invocations received a TooManyRequestsException (HTTP 429). The Lambda service itself was healthy, and no other function of the account was affected.
I have submitted a request to raise the concurrent executions quota to 3,000; this usually takes 24 to 48 hours.
In the meantime, please set a reserved concurrency of 300 on invoice-render, and send us two or three request IDs of failed invocations by September 18, 2026, 5:00 PM PDT. If we do not hear from you within 7 days, this case will be closed automatically.

Kind regards,
Marta
AWS Support`,
  failover: `Hello,

I have reviewed the failover of your Aurora PostgreSQL cluster ledger-prod in ap-northeast-1. The writer ledger-prod-1 (db.r6g.2xlarge) restarted at 2026-09-09 21:03:17 UTC because its host ran out of memory: FreeableMemory fell below 250 MB for eleven minutes before. The failover to ledger-prod-2 took 38 seconds. Replication was not interrupted and no data was lost.
The cluster runs engine version 15.4. Version 15.10 contains a fix for a memory leak in logical replication, which I believe contributed to this. I recommend that you upgrade to 15.10 or later, and set log_min_duration_statement to 500 ms to find heavy queries.
No further action is needed from our side, so I will leave this case open until you have upgraded.

Best,
Daniel`,
  dynamo:
    '您好，感谢您联系亚马逊云科技技术支持。经排查，cn-northwest-1 区域的 DynamoDB 表 user-session 于 9月8日 14:20 至 15:05（北京时间）出现写入限流，原因是分区键 tenant_id 分布不均，约 70% 的写请求集中在同一个分区，单分区上限为每秒 1,000 WCU。表级的预置写容量为 4,000 WCU，并未用尽。建议您为分区键增加后缀打散热点，或改用按需模式。请于 9月20日 18:00 前提供近期的访问模式说明（包括峰值 QPS 和单条记录大小），以便我们给出进一步的建议。此致',
};

/** What people ask the bot for. */
export const REQUESTS: Readonly<Record<string, string>> = {
  s3: '昨天晚上 22:40 左右开始，上海办公室访问 S3 桶 acme-report-prod 很慢，下载 200MB 的文件要 15 分钟，平时 40 秒。区域 ap-southeast-1，账号 222233334444，大概 30 个同事受影响，重启过路由器没有用。',
  eks: `Hi, please open a case. Since about 9am CET this morning our EKS cluster payments-eks (1.31) in eu-central-1 cannot pull images from ECR, pods hang in ImagePullBackOff.
Error: dial tcp 10.20.30.40:443: i/o timeout
Three of five nodes are affected, e.g. i-0123abcd4567ef890, and roughly 60% of payments fail.`,
  bill: '8 月账单里 NAT Gateway 的费用比 7 月多了 1,200 美元，账号 555566667777，没有改过架构，帮忙查一下原因，不急',
  quota:
    'We need the Lambda concurrency quota in us-west-2 raised from 1,000 to 5,000 for account prod-eu before the sale on October 10. Today we peak at 870.',
};
