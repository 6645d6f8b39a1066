import { findViolation, type Original, type Violation } from '@casebell/im/webhooks';
import { judgeOf } from '../../../functions/case-bot/drafting/answer';
import { TASKS } from '../../../functions/case-bot/drafting/task';

type Tongue = Original['language'];

/** What a model has made of somebody's words, and what the guard should say of it. */
export interface Made {
  of: keyof typeof WORDS;
  kind: 'gist' | 'draft';
  language: Tongue;
  text: string;
  verdict: Violation | 'malformed' | 'good';
}

/** Letters of AWS's engineers, and what people ask the bot for. */
const WORDS = {
  letter: `Hello,

Thank you for contacting AWS Support. I understand that sessions to i-0123456789abcdef0 in ap-southeast-1 time out since 10:00 UTC on November 19, 2026.
I found that the root volume vol-0fedcba9876543210 is 100% full, so that sshd cannot write its log. CPU and network are within their limits.
Please extend the volume to at least 30 GiB and restart the instance before December 1, 2026, when the snapshot is deleted. Should it happen again, please reply with: the output of df -h.

Best regards,
Amazon Web Services`,
  brief:
    '您好，我们已确认 us-east-1 的 Lambda 函数 order-sync 在 11月19日 09:30 至 10:15 之间被限流，并发上限为 1000。请提供一个失败请求的 request ID，并说明期望的并发数。',
  chinese:
    '生产环境的 RDS db-orders-1 从今天上午 9:30 起连接数一直是 500，应用报 too many connections，区域 cn-north-1，大约一半订单失败',
  english:
    'Since 14:05 UTC our ALB in eu-west-1 returns 502 for about 20% of the requests; targets i-0aa11bb22cc33dd44 look healthy. Checkout is affected.',
} as const;

const made = (of: Made['of'], kind: Made['kind'], language: Tongue, verdict: Made['verdict'], text: string): Made => ({
  ...{ of, kind, language, verdict, text },
});
const lines = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

const RDS = {
  subject: 'RDS db-orders-1 连接数达到 500，应用报 too many connections',
  service: 'amazon-relational-database-service-mysql',
  category: 'connectivity',
  severity: 'normal',
  type: 'technical',
  time: '今天上午 9:30 起',
  resources: 'db-orders-1',
  region: 'cn-north-1',
  symptoms: '连接数一直是 500，应用报错 too many connections',
  impact: '大约一半订单失败',
};
const ALB = {
  subject: 'ALB in eu-west-1 returns 502 for about 20% of requests',
  service: 'elastic-load-balancing',
  category: 'load-balancer-issue',
  severity: 'normal',
  type: 'technical',
  time: 'since 14:05 UTC',
  resources: 'i-0aa11bb22cc33dd44',
  region: 'eu-west-1',
  symptoms: 'About 20% of the requests are answered with 502; the targets look healthy.',
  impact: 'Checkout is affected.',
};

export const OF_PEOPLE: readonly Made[] = [
  made(
    'letter',
    'gist',
    'zh-CN',
    'good',
    '实例 i-0123456789abcdef0 的根卷 vol-0fedcba9876543210 已 100% 写满，导致 SSH 会话超时。\n请在 December 1, 2026 之前将卷扩容到至少 30 GiB 并重启实例。',
  ),
  made(
    'letter',
    'gist',
    'zh-CN',
    'good',
    '根卷写满（100%），sshd 无法写日志，因此连接超时；CPU 和网络正常。\n请在2026年12月1日之前扩容到 30GiB 以上并重启，再次发生时提供 df -h 的输出。',
  ),
  made(
    'letter',
    'gist',
    'en',
    'good',
    'The root volume of i-0123456789abcdef0 is full, so that sshd cannot write its log.\nExtend it to at least 30 GiB and restart the instance before December 1, 2026.',
  ),
  made(
    'brief',
    'gist',
    'zh-CN',
    'good',
    'Lambda 函数 order-sync 在 11月19日 09:30 至 10:15 被限流，并发上限为 1000。\n请提供失败请求的 request ID 和期望的并发数。',
  ),
  made(
    'brief',
    'gist',
    'en',
    'good',
    'The Lambda function order-sync in us-east-1 was throttled on November 19 from 09:30 to 10:15; its limit is 1,000.\nAWS asks for the request ID of a failed request and for the concurrency that is wanted.',
  ),
  made(
    'letter',
    'gist',
    'zh-CN',
    'deadline',
    '实例 i-0123456789abcdef0 的根卷已写满，导致会话超时。\n请扩容到至少 30 GiB 并重启实例。',
  ),
  made(
    'letter',
    'gist',
    'zh-CN',
    'id',
    '实例 i-0123456789abcdef1 的根卷已写满，请在 December 1, 2026 之前扩容并重启。',
  ),
  made(
    'letter',
    'gist',
    'zh-CN',
    'number',
    '实例的根卷已写满，请在 December 1, 2026 之前扩容到至少 50 GiB 并重启实例。',
  ),
  made(
    'letter',
    'gist',
    'zh-CN',
    'language',
    'The root volume is full. Extend it to at least 30 GiB before December 1, 2026 and restart the instance.',
  ),
  made(
    'letter',
    'gist',
    'en',
    'all-clear',
    'The root volume was full before December 1, 2026; the issue has been resolved and no action is needed.',
  ),
  made(
    'letter',
    'gist',
    'zh-CN',
    'url',
    '根卷已写满，请在 December 1, 2026 之前按 https://repost.aws/knowledge 的步骤扩容并重启实例。',
  ),
  made('letter', 'gist', 'zh-CN', 'markup', '**根卷已写满**，请在 December 1, 2026 之前扩容到至少 30 GiB 并重启实例。'),
  made(
    'brief',
    'gist',
    'zh-CN',
    'time',
    'Lambda 函数 order-sync 在 11月20日 09:30 至 10:15 被限流。\n请提供失败请求的 request ID。',
  ),
  made(
    'brief',
    'gist',
    'zh-CN',
    'all-clear',
    'Lambda 函数 order-sync 被限流的问题已恢复正常，并发上限为 1000，请放心使用。',
  ),
  made('chinese', 'draft', 'zh-CN', 'good', lines(RDS)),
  made(
    'chinese',
    'draft',
    'zh-CN',
    'good',
    lines({ ...RDS, time: '-', impact: '约一半的订单失败', severity: 'urgent' }),
  ),
  made(
    'chinese',
    'draft',
    'en',
    'good',
    lines({
      ...RDS,
      subject: 'RDS db-orders-1 is out of connections',
      time: 'since 9:30 this morning',
      symptoms: 'The number of connections stays at 500, and the application reports too many connections.',
      impact: 'About half of the orders fail.',
    }),
  ),
  made('english', 'draft', 'en', 'good', lines(ALB)),
  made(
    'english',
    'draft',
    'zh-CN',
    'good',
    lines({
      ...ALB,
      subject: 'eu-west-1 的 ALB 约 20% 的请求返回 502',
      time: '14:05 UTC 起',
      symptoms: '约 20% 的请求返回 502，目标实例状态正常',
      impact: '结账受影响',
    }),
  ),
  made(
    'english',
    'draft',
    'en',
    'good',
    `Subject: ALB returns 502\nservice: elastic-load-balancing\nSymptoms: About 20% of the requests are answered with 502,\nalthough the targets look healthy.\nTime: 14:05 UTC`,
  ),
  made('chinese', 'draft', 'zh-CN', 'id', lines({ ...RDS, resources: 'db-orders-2' })),
  made(
    'chinese',
    'draft',
    'zh-CN',
    'number',
    lines({ ...RDS, symptoms: '连接数一直是 800，应用报错 too many connections' }),
  ),
  made('chinese', 'draft', 'zh-CN', 'time', lines({ ...RDS, time: '2026-11-19 9:30 (UTC+8)' })),
  made('english', 'draft', 'en', 'time', lines({ ...ALB, time: 'since 14:50 UTC' })),
  made('english', 'draft', 'en', 'id', lines({ ...ALB, region: 'eu-west-2' })),
  made('english', 'draft', 'en', 'account', lines({ ...ALB, resources: 'account 111122223333, i-0aa11bb22cc33dd44' })),
  made(
    'english',
    'draft',
    'en',
    'mention',
    lines({ ...ALB, impact: 'Checkout is affected, please page oncall@shop.example.' }),
  ),
  made(
    'english',
    'draft',
    'en',
    'url',
    lines({ ...ALB, symptoms: 'The requests to https://shop.example/checkout are answered with 502.' }),
  ),
  made(
    'english',
    'draft',
    'en',
    'language',
    lines({
      ...RDS,
      subject: '负载均衡返回错误',
      time: '-',
      resources: '-',
      region: '-',
      symptoms: '约两成请求失败，目标实例看起来正常',
      impact: '结账受影响',
    }),
  ),
  made(
    'english',
    'draft',
    'en',
    'malformed',
    'The load balancer in eu-west-1 returns errors for some of the requests.',
  ),
  made('english', 'draft', 'en', 'malformed', '{"subject": "ALB returns 502", "service": "elastic-load-balancing"}'),
  made(
    'english',
    'draft',
    'en',
    'talk',
    lines({ ...ALB, symptoms: 'As an AI language model I cannot see the load balancer.' }),
  ),
];

/** What the guard says of it. */
export function verdictOn({ of, kind, language, text }: Made): Made['verdict'] {
  const original = { text: WORDS[of], language, isLetter: true };
  if (kind === 'draft') return (judgeOf(TASKS[language])(text, original) as Made['verdict'] | undefined) ?? 'good';
  const deadlines = of === 'letter' ? [['December 1, 2026']] : [];
  return findViolation(text, { ...original, deadlines, longest: 500 }) ?? 'good';
}
