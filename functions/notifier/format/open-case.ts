import type { Button } from '@casebell/im/webhooks';
import type { AwsEvent, Locale } from '../../../plugins/formatter';
import { isObject, type JsonObject, textAt } from '../ingest/json';

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
  const [arn, type] = [textAt(detail, 'eventArn'), textAt(detail, 'eventTypeCode')];
  const region = textAt(detail, 'eventRegion') || sentFrom;
  const account = textAt(detail, 'affectedAccount') || receiver;
  const resources = resourcesOf(detail);
  const name = accountNames.get(account);
  const lines = [
    locale.t({ en: 'open', 'zh-CN': '开工单' }),
    ...(name ? [`account: ${name}`] : []),
    `subject: ${oneLine(`${type} (${region})`)}`,
    `serviceCode: ${oneLine(textAt(detail, 'service'))}`,
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
  const values = entities.map((entity) => oneLine(textAt(entity, 'entityValue'))).filter(Boolean);
  const left = values.length - MAX_RESOURCES;
  return left > 0 ? [...values.slice(0, MAX_RESOURCES), `… (+${left})`] : values;
}

/** A line of the form is a field: a line break in an event must not begin another. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
