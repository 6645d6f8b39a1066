import type { AwsEvent, Card, DedupKeys, Formatter, Locale, LocalizedText } from '../formatter';
import { fact, type Json, list, text } from '../json';

const ADVICE: LocalizedText = {
  en: 'The cost is higher than AWS expected; the figures are up to a day old.\n**Next**: find out what caused it, stop what is not needed, and confirm in the console whether it was an anomaly.',
  'zh-CN':
    '该项费用高于 AWS 的预期，账单数据最多滞后一天。\n**下一步**：确认下列用量的来源，停掉不需要的资源，并在控制台中反馈是否属于异常。',
};

/** It arrives through a topic as bare JSON, and through the bus as an event ("Using AWS User Notifications with Cost Anomaly Detection"). */
function anomalyIn({ detail }: AwsEvent<Json | undefined>): Json | undefined {
  return text(detail?.anomalyId) ? detail : detail?.message;
}

function format(event: AwsEvent<Json | undefined>, locale: Locale): Card {
  const anomaly = anomalyIn(event);
  const impact = anomaly?.impact;
  const over = [money(impact?.totalImpact), percent(impact?.totalImpactPercentage)].filter(Boolean).join(' · ');
  const days = [anomaly?.anomalyStartDate, anomaly?.anomalyEndDate].map(day);
  const of = text(anomaly?.dimensionalValue) ?? text(anomaly?.dimensionValue);
  return {
    title: [locale.t({ en: 'Cost anomaly', 'zh-CN': '告警 · 费用异常' }), of, signed(money(impact?.totalImpact))]
      .filter(Boolean)
      .join(' · '),
    severity: 'warning',
    text: locale.t(ADVICE),
    facts: [
      ...fact(locale.t({ en: 'Above expectation', 'zh-CN': '超出预期' }), over),
      ...fact(locale.t({ en: 'Spent', 'zh-CN': '实际费用' }), money(impact?.totalActualSpend)),
      ...fact(locale.t({ en: 'Expected', 'zh-CN': '预期费用' }), money(impact?.totalExpectedSpend)),
      ...fact(locale.t({ en: 'Days', 'zh-CN': '日期' }), [...new Set(days.filter(Boolean))].join(' – ')),
      ...fact(locale.t({ en: 'Causes', 'zh-CN': '原因' }), list(anomaly?.rootCauses).map(causeIn(locale)).join('\n')),
      ...fact(locale.t('account'), named(anomaly?.accountId ?? event.account, anomaly?.accountName, locale)),
      ...fact(locale.t({ en: 'Monitor', 'zh-CN': '监控器' }), text(anomaly?.monitorName)),
    ],
    links: [{ label: 'Cost Anomaly Detection', url: linkTo(text(anomaly?.anomalyDetailsLink), locale) }],
  };
}

const causeIn =
  (locale: Locale) =>
  (cause: Json): string => {
    const account = named(cause.linkedAccount, cause.linkedAccountName, locale);
    const words = [text(cause.service), text(cause.region), account, text(cause.usageType)];
    return [...words, money(cause.impact?.contribution)].filter(Boolean).join(' · ');
  };

/** The configured account name, else the name in AWS Organizations. */
function named(account: unknown, name: unknown, locale: Locale): string {
  const id = text(account) ?? '';
  const ours = locale.account(id);
  return ours === id && text(name) ? [text(name), id && `(${id})`].filter(Boolean).join(' ') : ours;
}

/** Bills are in US dollars ("Anomaly", Cost Explorer's API reference: "the dollar impact"). */
function money(amount: unknown): string | undefined {
  const number = Number(text(amount) ?? Number.NaN);
  return Number.isFinite(number) ? number.toLocaleString('en-US', { style: 'currency', currency: 'USD' }) : undefined;
}

const signed = (amount: string | undefined): string =>
  amount && !amount.startsWith('-') ? `+${amount}` : (amount ?? '');

function percent(share: unknown): string | undefined {
  const number = Number(text(share) ?? Number.NaN);
  return Number.isFinite(number) ? `${Math.round(number)} %` : undefined;
}

const day = (when: unknown): string => text(when)?.slice(0, 10) ?? '';

const OURS =
  /^https:\/\/([\w-]+\.)?console\.(aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)\/[\w./#?=&:-]{1,500}$/;

/** A link to any other host than the console is not shown. */
function linkTo(given: string | undefined, locale: Locale): string {
  return given && OURS.test(given) ? given : locale.console('cost-management', 'us-east-1', '#/anomaly-detection');
}

/** An anomaly is sent again with the same id as it grows. */
function dedupKeys(event: AwsEvent<Json | undefined>): DedupKeys | undefined {
  const anomaly = anomalyIn(event);
  const id = text(anomaly?.anomalyId);
  if (!id) return undefined;
  return { incident: id, event: [id, text(anomaly?.anomalyEndDate) ?? '', text(anomaly?.impact?.totalImpact) ?? ''] };
}

const FIELDS = { anomalyId: [{ exists: true }], impact: { totalImpact: [{ exists: true }] } };

export default {
  name: 'cost-anomaly',
  pattern: { $or: [{ detail: { message: FIELDS } }, { source: ['aws.ce'], detail: FIELDS }] },
  format,
  dedupKeys,
} satisfies Formatter<Json | undefined>;
