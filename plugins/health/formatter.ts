import type { AwsEvent, Card, Formatter, Locale } from '../formatter';
import { identityOf } from '../health-dedup-keys';
import { descriptionOf, healthLink } from '../health-event';
import { entry, fact, type Json } from '../json';
import { adviceOn } from './advice';
import { nameOf, wordFor } from './messages';
import { type Entity, type Notice, readNotice } from './notice';

/** An investigation is a warning: AWS is not sure yet, and a false critical alert costs trust in the next one. */
const SEVERITIES: Record<string, Card['severity']> = {
  issue: 'critical',
  investigation: 'warning',
  scheduledChange: 'warning',
  accountNotification: 'info',
};

function format(event: AwsEvent<Json | undefined>, locale: Locale): Card {
  const notice = readNotice(event);
  return {
    title: titleOf(notice, locale),
    severity: severityOf(notice),
    text: locale.t(adviceOn(notice)),
    facts: [...placeAndTime(notice, locale), ...resources(notice, locale), ...small(notice, locale)],
    quote: descriptionOf(event.detail?.eventDescription, locale.language),
    links: [{ label: 'AWS Health', url: healthLink(notice.arn, notice.region, locale) }],
  };
}

/** A notice is often closed when it is sent, so its status means nothing. */
function isOver(notice: Notice): boolean {
  return notice.status === 'closed' && notice.category !== 'accountNotification';
}

function severityOf(notice: Notice): Card['severity'] {
  return isOver(notice) ? 'resolved' : (entry(SEVERITIES, notice.category) ?? 'warning');
}

function titleOf(notice: Notice, locale: Locale): string {
  const name = nameOf(notice.code, notice.service) ?? wordFor(notice.category) ?? { en: '', 'zh-CN': '' };
  return [`${locale.t(headOf(notice))} · ${notice.service} ${locale.t(name)}`.trim(), subjectOf(notice, locale)]
    .filter(Boolean)
    .join(' · ');
}

function headOf(notice: Notice) {
  if (!isOver(notice)) return { en: 'Health event', 'zh-CN': '健康事件' };
  if (notice.category === 'issue') return { en: 'Health event resolved', 'zh-CN': '健康事件已恢复' };
  return { en: 'Health event closed', 'zh-CN': '健康事件已结束' };
}

function subjectOf({ entities, region, page, pages }: Notice, locale: Locale): string | undefined {
  const [first] = entities;
  const part = pages && pages !== '1' && `${page ?? '?'}/${pages}`;
  if (!first) return withNote(region, part);
  const name = shortName(first);
  const several = { en: `${name} +${entities.length - 1}`, 'zh-CN': `${name} 等 ${entities.length} 个资源` };
  return withNote(entities.length === 1 ? name : locale.t(several), part);
}

function shortName({ value }: Entity): string {
  return value.startsWith('arn:') ? (value.split(/[/:]/).at(-1) ?? value) : value;
}

function placeAndTime(notice: Notice, locale: Locale) {
  const { receivedIn, start, end } = notice;
  const copyIn = receivedIn && locale.t({ en: `received in ${receivedIn}`, 'zh-CN': `由 ${receivedIn} 收到` });
  const future = notice.category === 'scheduledChange' || notice.status === 'upcoming';
  return [
    ...fact(locale.t('status'), word(notice.status, locale)),
    ...fact(future ? locale.t({ en: 'Starts', 'zh-CN': '开始时间' }) : locale.t('since'), start && locale.time(start)),
    ...fact(locale.t('until'), end && locale.time(end)),
    ...fact(locale.t('account'), accountOf(notice, locale)),
    ...fact(locale.t('region'), withNote(notice.region, copyIn)),
  ];
}

/** A public event is shown once for all accounts; the first account that received it is not named. */
function accountOf({ account = '', receivedBy, isPublic }: Notice, locale: Locale): string {
  const by = locale.account(receivedBy ?? '');
  const others = { en: ', among others (public event)', 'zh-CN': ' 等账号（公共事件）' };
  const copy = { en: `, received by ${by}`, 'zh-CN': `，由 ${by} 收到` };
  return [locale.account(account), isPublic && locale.t(others), by && locale.t(copy)].filter(Boolean).join('');
}

function withNote(value: string | undefined, note: string | false | undefined): string | undefined {
  return value && note ? `${value} (${note})` : value;
}

/** All of them: a reader may recognize only the one that would be left out. */
function resources({ entities, page, pages }: Notice, locale: Locale) {
  const lines = entities.map(({ value, status, tags }) =>
    [value, word(status, locale), tags.join(', ')].filter(Boolean).join(' · '),
  );
  const several = page && pages && pages !== '1';
  const more = { en: 'AWS sent the resources in several parts', 'zh-CN': 'AWS 将资源分多条发送' };
  return [
    ...fact(
      withNote(locale.t('resources'), lines.length > 1 ? String(lines.length) : undefined) ?? '',
      lines.join('\n'),
    ),
    ...fact(locale.t({ en: 'Page', 'zh-CN': '分页' }), several ? `${page}/${pages}: ${locale.t(more)}` : undefined),
  ];
}

function small(notice: Notice, locale: Locale) {
  return [
    ...fact(locale.t({ en: 'Action', 'zh-CN': '是否需要处理' }), word(notice.actionability, locale)),
    ...fact(locale.t('category'), word(notice.category, locale)),
    ...fact(locale.t({ en: 'Scope', 'zh-CN': '影响范围' }), word(notice.scope, locale)),
    ...fact(locale.t({ en: 'Details', 'zh-CN': '附加信息' }), notice.metadata.join('\n')),
    ...fact(locale.t({ en: 'Event type', 'zh-CN': '事件类型' }), notice.code),
  ];
}

function word(value: string | undefined, locale: Locale): string | undefined {
  const both = wordFor(value);
  return both && locale.t(both);
}

export default {
  name: 'health',
  pattern: { source: ['aws.health'], 'detail-type': ['AWS Health Event'] },
  format,
  dedupKeys: identityOf,
} satisfies Formatter<Json | undefined>;
