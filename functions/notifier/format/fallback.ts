import { type Card, type Fact, isHttpUrl, type Link, type Severity, truncate } from '@casebell/im/webhooks';
import type { AwsEvent, Formatter, Locale, LocalizedText } from '../../../plugins/formatter';
import { MESSAGE } from '../ingest/envelopes';
import { asObject } from '../ingest/json';
import { isState, isTitle, type Leaf, labelOf, leavesByWeight } from './fields';

/** As many as a CloudFormation notification has. */
const MAX_FACTS = 13;
const MAX_LINKS = 4;
/** A longer value reads as prose, not as a field. */
const MAX_FIELD_LENGTH = 160;
const BAD =
  /fail|unsuccess|error|critical|alarm|unhealthy|denied|timed_?out|timeout|abort|impaired|degraded|threats_found|severe|\bred\b|失败|错误|异常|故障|超时/i;
const RECOVERED = /^OK\b|恢复/;

/** Sources that say nothing to a reader. */
const HIDDEN_SOURCES: readonly string[] = [MESSAGE.source, 'unknown'];
const NOT_SHOWN: LocalizedText = { en: 'Fields not shown', 'zh-CN': '未显示字段' };
const UNNAMED: LocalizedText = { en: 'Event', 'zh-CN': '事件' };

/** Matches every event and every text: what no other formatter takes is still shown, readably. */
export const fallback: Formatter = {
  name: 'fallback',
  pattern: { source: [{ exists: true }] },
  format: (event, locale) => {
    const { message, subject } = asObject(event.source === MESSAGE.source ? event.detail : undefined);
    const content = typeof message === 'string' ? (parsePairs(message) ?? message) : (message ?? event.detail);
    if (typeof content === 'string') return textCard(content, subject, event, locale);
    return eventCard(event, content, typeof subject === 'string' ? subject : undefined, locale);
  },
};

const PAIR = /^([A-Za-z][\w .-]{0,40}?)(?:='(.*)'|\s*[:=]\s+(.+))$/;
const MIN_PAIRS = 4;

/**
 * A short text of `Key='value'` or `Key: value` lines as an object (CloudFormation, Elastic Beanstalk and many scripts publish such).
 * Undefined for any other text, and where something would be lost: more keys than can be shown, or one twice.
 */
function parsePairs(text: string): Record<string, string> | undefined {
  const lines = text.split('\n').filter((line) => line.trim());
  if (lines.length < MIN_PAIRS || lines.length > MAX_FACTS) return undefined;
  const pairs = lines.flatMap((line) => {
    const [, key, quoted, plain] = PAIR.exec(line.trim()) ?? [];
    return key ? [[key, quoted ?? plain ?? ''] as const] : [];
  });
  const isComplete = new Set(pairs.map(([key]) => key)).size === lines.length;
  return isComplete ? Object.fromEntries(pairs) : undefined;
}

/** A plain text: its subject, or else its first line, is the title. */
function textCard(message: string, subject: unknown, event: AwsEvent, locale: Locale): Card {
  const hasSubject = typeof subject === 'string' && subject !== '';
  const [first = '', ...rest] = message.split('\n');
  const hasWords = /[\p{L}\p{N}]/u.test(first);
  const belowTitle = hasWords && first.length <= MAX_FIELD_LENGTH ? rest.join('\n') : message;
  const title = hasSubject ? subject : truncate(hasWords ? first : event['detail-type'], 2 * MAX_FIELD_LENGTH);
  return {
    title,
    severity: severityOf(title, []),
    quote: (hasSubject ? message : belowTitle).trim() || undefined,
    facts: originFacts(event, locale),
  };
}

function eventCard(event: AwsEvent, content: unknown, subject: string | undefined, locale: Locale): Card {
  const leaves = leavesByWeight(content);
  const origin = originFacts(event, locale);
  const prose = leaves.find(({ value }) => value.length > MAX_FIELD_LENGTH && !isHttpUrl(value));
  const links = leaves.filter(({ value }) => isHttpUrl(value)).slice(0, MAX_LINKS);
  const known = new Set([event.id, event.time, ...event.resources, ...origin.map(({ value }) => value)]);
  const others = leaves.filter((leaf) => leaf !== prose && !links.includes(leaf) && !known.has(leaf.value));
  const name = event['detail-type'] === UNNAMED.en ? locale.t(UNNAMED) : event['detail-type'];
  const title = [subject ?? name, headline(leaves, event)].filter(Boolean).join(' · ');
  return {
    title,
    severity: severityOf(title, leaves),
    facts: [
      ...origin,
      ...others.slice(0, MAX_FACTS).map((leaf) => toFact(leaf, locale)),
      ...notShown(others.length - MAX_FACTS, locale),
    ],
    quote: prose?.value,
    links: [...links.map(toLink), ...consoleLink(event, locale)],
  };
}

const toFact = (leaf: Leaf, locale: Locale): Fact => ({
  label: labelOf(leaf),
  value: truncate(locale.time(leaf.value), 2 * MAX_FIELD_LENGTH),
});

const notShown = (count: number, locale: Locale): Fact[] =>
  count > 0 ? [{ label: locale.t(NOT_SHOWN), value: `+${count}` }] : [];

const toLink = (leaf: Leaf): Link => ({ label: labelOf(leaf), url: leaf.value });

/** The title in the event, or its state, or the resource that it is about. */
function headline(leaves: readonly Leaf[], { source, resources }: AwsEvent): string {
  const short = leaves.filter(({ value }) => value.length <= MAX_FIELD_LENGTH / 2);
  const leaf = short.find(isTitle) ?? short.find(isState);
  const resource = source === MESSAGE.source ? undefined : resources[0]?.split(/[/:]/).at(-1);
  return leaf?.value ?? resource ?? '';
}

/** Judged by the title and by fields that name a state: an error code deep inside an event is not an alarm. */
function severityOf(title: string, leaves: readonly Leaf[]): Severity {
  const isBad =
    (BAD.test(title) && !RECOVERED.test(title)) || leaves.some((leaf) => isState(leaf) && BAD.test(leaf.value));
  return isBad ? 'warning' : 'info';
}

function originFacts(event: AwsEvent, locale: Locale): Fact[] {
  const source = HIDDEN_SOURCES.includes(event.source) ? '' : event.source;
  const facts = [
    { label: locale.t('source'), value: [source, ...event.resources].filter(Boolean).join('\n') },
    { label: locale.t('account'), value: locale.account(event.account) },
    { label: locale.t('region'), value: event.region },
    { label: locale.t('time'), value: locale.time(event.time) },
  ];
  return facts.filter(({ value }) => value);
}

function consoleLink(event: AwsEvent, locale: Locale): Link[] {
  if (!event.source.startsWith('aws.') || event.source === MESSAGE.source) return [];
  return [{ label: locale.t('console'), url: locale.console(consolePath(event.source), event.region) }];
}

/** Console paths of event sources. A source that is not listed gets the Region's console home, which always exists. */
const PATHS: Readonly<Record<string, string>> = {
  'aws.acm': 'acm',
  'aws.autoscaling': 'ec2',
  'aws.backup': 'backup',
  'aws.batch': 'batch',
  'aws.cloudformation': 'cloudformation',
  'aws.cloudtrail': 'cloudtrailv2',
  'aws.cloudwatch': 'cloudwatch',
  'aws.codebuild': 'codesuite/codebuild',
  'aws.codecommit': 'codesuite/codecommit',
  'aws.codedeploy': 'codesuite/codedeploy',
  'aws.codepipeline': 'codesuite/codepipeline',
  'aws.config': 'config',
  'aws.dms': 'dms/v2',
  'aws.ec2': 'ec2',
  'aws.ecr': 'ecr',
  'aws.ecs': 'ecs/v2',
  'aws.elasticache': 'elasticache',
  'aws.elasticbeanstalk': 'elasticbeanstalk',
  'aws.glue': 'glue',
  'aws.guardduty': 'guardduty',
  'aws.kms': 'kms',
  'aws.lambda': 'lambda',
  'aws.rds': 'rds',
  'aws.redshift': 'redshiftv2',
  'aws.s3': 's3',
  'aws.secretsmanager': 'secretsmanager',
  'aws.securityhub': 'securityhub',
  'aws.sns': 'sns/v3',
  'aws.sqs': 'sqs/v3',
  'aws.ssm': 'systems-manager',
  'aws.states': 'states',
  'aws.trustedadvisor': 'trustedadvisor',
};

const consolePath = (source: string): string => PATHS[source] ?? 'console';
