import type { AwsEvent, Card, Formatter, Locale, LocalizedText } from '../formatter';
import { identityOf } from '../health-dedup-keys';
import { descriptionOf, healthLink } from '../health-event';
import { type Json, list, text } from '../json';

/** The reported activity, by a word in the event type code (`AWS_ABUSE_DOS_REPORT`). */
const KINDS: readonly [RegExp, LocalizedText][] = [
  [/DOS/, { en: 'denial-of-service attack', 'zh-CN': '拒绝服务攻击（DoS）' }],
  [/SPAM|EMAIL/, { en: 'spam', 'zh-CN': '垃圾邮件' }],
  [/SCAN/, { en: 'port scanning', 'zh-CN': '端口扫描' }],
  [/INTRUSION|BRUTE/, { en: 'intrusion attempts', 'zh-CN': '入侵尝试' }],
  [/PHISH/, { en: 'phishing', 'zh-CN': '钓鱼网站' }],
  [/MALWARE|BOTNET|C2/, { en: 'malware or botnet', 'zh-CN': '恶意软件或僵尸网络' }],
  [/COPYRIGHT|DMCA/, { en: 'copyright complaint', 'zh-CN': '版权投诉' }],
  [/CRAWL/, { en: 'web crawling', 'zh-CN': '网页爬取' }],
];

/** The 24 hours are those of "How do I respond to an abuse report from AWS?" (AWS re:Post). */
const ADVICE: LocalizedText = {
  en: 'AWS received a report that resources of this account harm others; they may be compromised. Without a reply AWS may block them or suspend the account.\n**Next**: isolate and examine the resources, then answer the mail from AWS Trust & Safety within 24 hours and say what you have done.',
  'zh-CN':
    'AWS 收到举报：本账号的资源正在对外造成危害，可能已被入侵。逾期不回复，AWS 可能会封禁资源或暂停账号。\n**下一步**：立即隔离并排查下列资源，在 24 小时内回复 AWS Trust & Safety 的邮件，说明已采取的措施。',
};

function format(event: AwsEvent<Json | undefined>, locale: Locale): Card {
  const { detail } = event;
  const hit = resources(event);
  const start = text(detail?.startTime);
  return {
    title: titleOf(text(detail?.eventTypeCode) ?? '', hit, locale),
    severity: text(detail?.statusCode) === 'closed' ? 'resolved' : 'critical',
    text: locale.t(ADVICE),
    facts: [
      { label: locale.t('resources'), value: hit.join('\n') },
      { label: locale.t('account'), value: locale.account(text(detail?.affectedAccount) ?? text(event.account) ?? '') },
      { label: locale.t('region'), value: text(detail?.eventRegion) ?? text(event.region) ?? '' },
      { label: locale.t('since'), value: start ? locale.time(start) : '' },
      { label: locale.t({ en: 'Event type', 'zh-CN': '事件类型' }), value: text(detail?.eventTypeCode) ?? '' },
    ].filter((fact) => fact.value),
    quote: descriptionOf(detail?.eventDescription, locale.language),
    links: [{ label: 'AWS Health', url: healthLink(text(detail?.eventArn), text(event.region), locale) }],
  };
}

function titleOf(code: string, hit: string[], locale: Locale): string {
  const bare = code
    .replace(/^AWS_ABUSE_|_REPORT$/g, '')
    .replaceAll('_', ' ')
    .toLowerCase();
  const kind = KINDS.find(([word]) => word.test(code))?.[1] ?? { en: bare, 'zh-CN': bare };
  const count = { en: `${hit.length} resources`, 'zh-CN': `${hit.length} 个资源` };
  const subject = hit.length > 1 ? locale.t(count) : hit[0]?.split(/[/:]/).at(-1);
  return [locale.t({ en: 'Abuse report', 'zh-CN': '健康事件 · 滥用举报' }), locale.t(kind), subject]
    .filter(Boolean)
    .join(' · ');
}

function resources({ detail, resources: listed }: AwsEvent<Json | undefined>): string[] {
  const entities = list(detail?.affectedEntities).map((entity) => text(entity) ?? text(entity.entityValue));
  const named = entities.filter((one) => one !== undefined);
  return named.length > 0 ? named : list(listed).flatMap((one) => text(one) ?? []);
}

export default {
  name: 'health-abuse',
  pattern: { source: ['aws.health'], 'detail-type': ['AWS Health Abuse Event'] },
  format,
  dedupKeys: identityOf,
} satisfies Formatter<Json | undefined>;
