import type { AwsEvent, Card, Formatter, Locale } from '../formatter';
import { fact, type Json, list, text } from '../json';
import { identityOf } from './dedup-keys';
import { linksOf } from './links';
import { type Measure, measureOf } from './measure';
import { type Reading, readingOf, reasonDataOf } from './reading';
import { span } from './span';
import { stateOf } from './state';

function format(event: AwsEvent<Json | undefined>, locale: Locale): Card {
  const { detail } = event;
  const state = stateOf(text(detail?.state?.value), text(detail?.previousState?.value));
  const measure = measureOf(detail?.configuration?.metrics, locale);
  const reading = readingOf(detail?.state, detail?.configuration);
  const region = text(event.region) ?? '';
  const alarm = text(detail?.alarmName);
  return {
    title: [locale.t(state.head), alarm, subjectOf(detail, measure, reading, locale)].filter(Boolean).join(' · '),
    severity: state.severity,
    text: locale.t(state.advice) || undefined,
    facts: [
      ...figures(detail, measure, reading, locale),
      ...children(detail, locale),
      ...course(detail, locale),
      ...fact(locale.t('account'), locale.account(text(event.account) ?? '')),
      ...fact(locale.t('region'), region),
      ...small(detail, locale),
    ],
    quote: text(detail?.configuration?.description),
    links: linksOf(alarm, measure.of, region, locale),
  };
}

/** The most important line: `CPUUtilization 97.3 > 80`, the children of a composite alarm, or the contributor. */
function subjectOf(detail: Json | undefined, { name }: Measure, reading: Reading, locale: Locale): string | undefined {
  const contributor = pairs(detail?.alarmContributor?.attributes).join(', ');
  const count = triggers(detail).length;
  if (!name && count > 0) return locale.t({ en: `${count} child alarms`, 'zh-CN': `${count} 个子告警` });
  return [contributor, name, held(detail, reading, locale)].filter(Boolean).join(' ') || undefined;
}

function held(
  detail: Json | undefined,
  { value, threshold, band, series }: Reading,
  locale: Locale,
): string | undefined {
  if (series) {
    const { bad, all } = series;
    return locale.t({ en: `${bad} of ${all} time series`, 'zh-CN': `${all} 个时间序列中 ${bad} 个触发` });
  }
  if (text(detail?.state?.value) !== 'ALARM') return value;
  if (value && band) return locale.t({ en: `${value}, expected ${band}`, 'zh-CN': `${value}，预期 ${band}` });
  if (!value || !threshold) return value;
  if (/^[<>≤≥]/.test(threshold)) return `${value} ${threshold}`;
  return locale.t({ en: `${value}, threshold ${threshold}`, 'zh-CN': `${value}，阈值 ${threshold}` });
}

function figures(detail: Json | undefined, measure: Measure, { value, threshold, band }: Reading, locale: Locale) {
  const { evaluationPeriods, datapointsToAlarm } = detail?.configuration ?? {};
  const periods = text(evaluationPeriods);
  const needed = text(datapointsToAlarm) ?? periods;
  const rule = { en: `${needed} of ${periods} periods`, 'zh-CN': `${periods} 个周期中 ${needed} 个` };
  const of = [...measure.of].map(([key, id]) => `${key}=${id}`);
  return [
    ...fact(locale.t('resources'), [...of, ...pairs(detail?.alarmContributor?.attributes)].join('\n')),
    ...fact(locale.t({ en: 'Value', 'zh-CN': '当前值' }), value),
    ...fact(
      locale.t({ en: 'Threshold', 'zh-CN': '阈值' }),
      [threshold, threshold && periods && locale.t(rule)].filter(Boolean).join(' · '),
    ),
    ...fact(locale.t({ en: 'Expected', 'zh-CN': '预期范围' }), band),
    ...fact(locale.t({ en: 'Measured', 'zh-CN': '指标' }), measure.what.join('\n')),
  ];
}

/** Only composite alarms have them; reading the data of all alarms twice would double the cost. */
function triggers(detail: Json | undefined): Json[] {
  if (!text(detail?.configuration?.alarmRule) && !text(detail?.state?.reasonData)?.includes('triggeringAlarms'))
    return [];
  return list(reasonDataOf(detail?.state)?.triggeringAlarms);
}

/** The alarms that changed a composite alarm, from its `reasonData.triggeringAlarms`. */
function children(detail: Json | undefined, locale: Locale) {
  const lines = triggers(detail).flatMap((child) => {
    const name = text(child.arn)?.split(':alarm:').at(-1);
    const when = text(child.state?.timestamp);
    return [name, text(child.state?.value), when && locale.time(when)].filter(Boolean).join(' · ') || [];
  });
  return [
    ...fact(locale.t({ en: 'Child alarms', 'zh-CN': '子告警' }), lines.join('\n')),
    ...fact(locale.t({ en: 'Rule', 'zh-CN': '组合规则' }), text(detail?.configuration?.alarmRule)),
  ];
}

function course(detail: Json | undefined, locale: Locale) {
  const { state, previousState } = detail ?? {};
  const when = text(state?.timestamp);
  const values = [text(previousState?.value), text(state?.value)].filter(Boolean);
  return [
    ...fact(locale.t('state'), values.join(' → ')),
    ...fact(locale.t({ en: 'Since', 'zh-CN': '变更时间' }), when && locale.time(when)),
    ...fact(locale.t({ en: 'Previous state lasted', 'zh-CN': '上一状态持续' }), lasted(previousState, state, locale)),
    ...fact(locale.t('reason'), text(state?.reason)),
  ];
}

function lasted(from: Json | undefined, to: Json | undefined, locale: Locale): string | undefined {
  return span((Date.parse(text(to?.timestamp) ?? '') - Date.parse(text(from?.timestamp) ?? '')) / 1000, locale);
}

/** Whether CloudWatch suppressed the actions, how the alarm treats missing data, and its tags. */
function small(detail: Json | undefined, locale: Locale) {
  const { state, muteDetail, configuration, alarmTags } = detail ?? {};
  const by = text(state?.actionsSuppressedBy);
  const suppressor = [by, text(state?.actionsSuppressedReason), text(configuration?.actionsSuppressor)];
  const mute = [text(muteDetail?.mutedByArn)?.split(':').at(-1), text(muteDetail?.muteWindowEnd)];
  const gaps = text(configuration?.treatMissingData);
  return [
    ...fact(
      locale.t({ en: 'Actions suppressed', 'zh-CN': '操作已被抑制' }),
      by && suppressor.filter(Boolean).join(' · '),
    ),
    ...fact(locale.t({ en: 'Muted', 'zh-CN': '已静音' }), mute.filter(Boolean).join(' → ')),
    ...fact(locale.t({ en: 'Missing data', 'zh-CN': '缺失数据处理' }), gaps),
    ...fact(locale.t({ en: 'Tags', 'zh-CN': '标签' }), pairs(alarmTags).join(', ')),
  ];
}

function pairs(value: Json | undefined): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => (text(one) ? [`${key}=${text(one)}`] : []));
}

export default {
  name: 'cloudwatch-alarm',
  pattern: {
    source: ['aws.cloudwatch'],
    'detail-type': ['CloudWatch Alarm State Change', 'CloudWatch Alarm Contributor State Change'],
  },
  format,
  dedupKeys: identityOf,
} satisfies Formatter<Json | undefined>;
