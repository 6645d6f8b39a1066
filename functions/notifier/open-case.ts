import type { Button } from '@casebell/im/webhooks';
import type { AwsEvent, Locale } from '../../plugins/formatter';
import { isLoose, type Loose, textOf } from './shapes/shape';

/** More resources than this are not read by AWS's engineer, and crowd a chat. */
const MOST_RESOURCES = 20;

/**
 * The button that opens a case about a Health event: the case bot's text form, with all that the event knows filled in. A chat where
 * nothing can be pressed prints it, to be sent to the bot. Undefined for other events.
 * @param accountNames what the case bot calls accounts, by account id
 */
export function openCaseButton(
  { source, detail, account: delivered, region: place }: AwsEvent,
  locale: Locale,
  accountNames: ReadonlyMap<string, string>,
): Button | undefined {
  if (source !== 'aws.health' || !isLoose(detail)) return undefined;
  const [arn, type] = [textOf(detail, 'eventArn'), textOf(detail, 'eventTypeCode')];
  const region = textOf(detail, 'eventRegion') || place;
  const account = textOf(detail, 'affectedAccount') || delivered;
  const resources = resourcesOf(detail);
  const name = accountNames.get(account);
  const lines = [
    locale.t({ en: 'open', 'zh-CN': '开工单' }),
    ...(name ? [`account: ${name}`] : []),
    `subject: ${oneLine(`${type} (${region})`)}`,
    `serviceCode: ${oneLine(textOf(detail, 'service'))}`,
    `body: ${locale.t({ en: 'About the AWS Health event', 'zh-CN': '关于 AWS Health 事件' })} ${oneLine(arn)}`,
    `${locale.t('account')} ${account}${locale.t({ en: ', ', 'zh-CN': '，' })}${locale.t('region')} ${oneLine(region)}`,
    ...(resources.length ? [`${locale.t('resources')} ${resources.join(', ')}`] : []),
  ];
  return { label: locale.t(LABEL), command: lines.join('\n') };
}

/** A webhook's message cannot be pressed, so the label says what to do with the lines below it. */
const LABEL = {
  en: 'Open a case (send these lines to the case bot)',
  'zh-CN': '开工单（把下面几行发给工单机器人）',
};

function resourcesOf({ affectedEntities }: Loose): string[] {
  const entities = Array.isArray(affectedEntities) ? affectedEntities.filter(isLoose) : [];
  const values = entities.map((entity) => oneLine(textOf(entity, 'entityValue'))).filter(Boolean);
  const left = values.length - MOST_RESOURCES;
  return left > 0 ? [...values.slice(0, MOST_RESOURCES), `… (+${left})`] : values;
}

/** A line of the form is a field: what an event holds must not begin another. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
