import type { Button } from '@casebell/im/webhooks';
import type { AwsEvent, Locale } from '../../../plugins/formatter';
import type { Log } from '../../shared/log';
import { eventAccount } from '../ingest/accounts';
import { fieldText, fingerprint, isObject, type JsonObject } from '../ingest/json';
import type { Entry } from '../outbox/outbox';
import { type CompiledFormatter, type FormattedEvent, formatEvent } from './formatters';

interface Deps {
  formatters: readonly CompiledFormatter[];
  locale: Locale;
  log: Log;
  /** The names that the case bot has for accounts, by account id. */
  accountNames: ReadonlyMap<string, string>;
}

/** An entry of the outbox: a card with its dedup key and its incident. */
export function createEntry(event: AwsEvent, { formatter, card }: FormattedEvent, deps: Deps, now: number): Entry {
  const { id, source, region, time } = event;
  const { key, incident } = dedupKey(event, deps);
  const openCase = openCaseButton(event, deps.locale, deps.accountNames);
  const about = { id, source, account: eventAccount(event), region, time };
  const entry = { key, enqueuedAt: now, formatter, card, event: about, ...(openCase && { openCase }) };
  return incident ? { ...entry, incident, contentHash: contentHash(event, deps) } : entry;
}

/**
 * The first matching formatter that returns keys decides, whichever made the card: a user's own Health formatter need not know of backup
 * Regions. Without one the key is a hash of the event's id and content: senders repeat ids.
 */
function dedupKey(event: AwsEvent, { formatters, log }: Deps): { key: string; incident?: string } {
  for (const formatter of formatters) {
    const keys = formatter.dedupKeys(event, log);
    if (!keys) continue;
    const scoped = (value: unknown): string => fingerprint([formatter.name, value]);
    return {
      key: keys.event === undefined ? fingerprint(event) : scoped(keys.event),
      ...(keys.incident !== undefined && { incident: scoped(keys.incident) }),
    };
  }
  return { key: fingerprint(event) };
}

/** Hash of the card with all times left out. */
function contentHash(event: AwsEvent, { formatters, locale, log }: Deps): string {
  const withoutTimes: Locale = { ...locale, time: () => '' };
  return fingerprint(formatEvent(event, formatters, withoutTimes, log)?.card);
}

/** More resources than this help no engineer, and fill a chat. */
const MAX_RESOURCES = 20;

/**
 * The button that opens a case about a Health event: the case bot's text form, filled in from the event. A chat without buttons prints the
 * lines, to be sent to the bot. Undefined for other events.
 * @param accountNames the names that the case bot has for accounts, by account id
 */
export function openCaseButton(
  { source, detail, account: receiver, region: sentFrom }: AwsEvent,
  locale: Locale,
  accountNames: ReadonlyMap<string, string>,
): Button | undefined {
  if (source !== 'aws.health' || !isObject(detail)) return undefined;
  const [arn, type] = [fieldText(detail, 'eventArn'), fieldText(detail, 'eventTypeCode')];
  const region = fieldText(detail, 'eventRegion') || sentFrom;
  const account = fieldText(detail, 'affectedAccount') || receiver;
  const resources = resourcesOf(detail);
  const name = accountNames.get(account);
  const lines = [
    locale.t({ en: 'open', 'zh-CN': '开工单' }),
    ...(name ? [`account: ${name}`] : []),
    `subject: ${oneLine(`${type} (${region})`)}`,
    `serviceCode: ${oneLine(fieldText(detail, 'service'))}`,
    `body: ${locale.t({ en: 'About the AWS Health event', 'zh-CN': '关于 AWS Health 事件' })} ${oneLine(arn)}`,
    `${locale.t('account')} ${account}${locale.t({ en: ', ', 'zh-CN': '，' })}${locale.t('region')} ${oneLine(region)}`,
    ...(resources.length ? [`${locale.t('resources')} ${resources.join(', ')}`] : []),
  ];
  return { label: locale.t(LABEL), command: lines.join('\n') };
}

/** Buttons of a webhook's message do nothing, so the label says what to do with the lines below it. */
const LABEL = {
  en: 'Open a case (send these lines to the case bot)',
  'zh-CN': '开工单（把下面几行发给工单机器人）',
};

function resourcesOf({ affectedEntities }: JsonObject): string[] {
  const entities = Array.isArray(affectedEntities) ? affectedEntities.filter(isObject) : [];
  const values = entities.map((entity) => oneLine(fieldText(entity, 'entityValue'))).filter(Boolean);
  const left = values.length - MAX_RESOURCES;
  return left > 0 ? [...values.slice(0, MAX_RESOURCES), `… (+${left})`] : values;
}

/** A line of the form is a field: a line break in an event must not begin another. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
