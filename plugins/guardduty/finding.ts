import type { AwsEvent, Card, Locale } from '../formatter';
import { entry, fact, type Json, list, text } from '../json';
import { actionOf } from './action';
import { join } from './actor';
import { adviceOn } from './advice';
import { type Band, bandOf, PURPOSES } from './messages';
import { type Resource, resourceOf } from './resource';
import { involvedIn, sequenceFacts, sequenceOf } from './sequence';

/** A `GuardDuty Finding`: what was detected, on which resource, by which actor, since when and how severe. */
export function findingCard(event: AwsEvent<Json | undefined>, locale: Locale): Card {
  const { detail } = event;
  const band = bandOf(text(detail?.severity));
  const sequence = sequenceOf(detail?.service);
  const resource = sequence ? involvedIn(sequence) : resourceOf(detail?.resource, locale);
  const region = text(detail?.region) ?? text(event.region) ?? '';
  return {
    title: titleOf(detail, band, resource, locale),
    severity: band.severity,
    text: locale.t(adviceOn(sequence ? 'AttackSequence' : resource.type, text(detail?.service?.action?.actionType))),
    facts: [
      ...fact(locale.t('severity'), join([locale.t(band.name), detail?.severity])),
      ...fact(locale.t('resources'), sequence ? undefined : join([resource.name, ...resource.ids])),
      ...(sequence ? sequenceFacts(sequence, locale) : []),
      ...happened(detail, locale),
      ...course(detail?.service, locale),
      ...fact(locale.t('account'), accountOf(event, locale)),
      ...fact(locale.t('region'), region),
      ...fact(locale.t({ en: 'Finding type', 'zh-CN': '调查结果类型' }), text(detail?.type)),
    ],
    quote: [text(detail?.title), text(detail?.description)].filter(Boolean).join('\n') || undefined,
    links: [{ label: 'GuardDuty', url: linkTo(text(detail?.id), region, locale) }],
  };
}

function titleOf(detail: Json | undefined, band: Band, resource: Resource, locale: Locale): string {
  const purpose = entry(PURPOSES, text(detail?.type)?.split(':')[0]);
  const marks = [
    isSample(detail) && locale.t({ en: '[sample]', 'zh-CN': '【示例】' }),
    isTrue(detail?.service?.archived) && locale.t({ en: '[archived]', 'zh-CN': '【已归档】' }),
  ];
  return [
    [...marks, locale.t({ en: 'GuardDuty', 'zh-CN': '告警 · GuardDuty' }), locale.t(band.name)]
      .filter(Boolean)
      .join(' '),
    purpose ? locale.t(purpose) : text(detail?.type),
    [resource.name, resource.ids[0]].filter(Boolean).join(' '),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** GuardDuty marks its samples in `additionalInfo`, flat or as JSON in `value`, and by a prefix of the title. */
function isSample(detail: Json | undefined): boolean {
  const info = detail?.service?.additionalInfo;
  const inJson = /"sample"\s*:\s*true/.test(text(info?.value) ?? '');
  return isTrue(info?.sample) || inJson || (text(detail?.title)?.startsWith('[SAMPLE]') ?? false);
}

function isTrue(value: unknown): boolean {
  return value === true;
}

function happened(detail: Json | undefined, locale: Locale) {
  const { service, resource } = detail ?? {};
  const { did, by } = actionOf(service?.action, locale);
  const process = service?.runtimeDetails?.process;
  return [
    ...fact(locale.t({ en: 'Activity', 'zh-CN': '行为' }), did),
    ...fact(locale.t({ en: 'Remote', 'zh-CN': '远端' }), by),
    ...fact(locale.t({ en: 'Principal', 'zh-CN': '操作身份' }), principalOf(resource)),
    ...fact(
      locale.t({ en: 'Process', 'zh-CN': '进程' }),
      join([process?.executablePath ?? process?.name, process?.user]),
    ),
    ...fact(locale.t({ en: 'Malware', 'zh-CN': '恶意软件' }), malwareOf(service).join('\n')),
    ...fact(locale.t({ en: 'Threat list', 'zh-CN': '威胁情报' }), threatsOf(service).join('\n')),
  ];
}

/** The credentials that were used, where they are not the resource itself. */
function principalOf(resource: Json | undefined): string {
  const its = resource?.accessKeyDetails;
  const isResource = text(resource?.resourceType) === 'AccessKey';
  return isResource ? '' : join([its?.userName ?? its?.principalId, its?.userType, its?.accessKeyId]);
}

function malwareOf(service: Json | undefined): string[] {
  const found = service?.ebsVolumeScanDetails?.scanDetections?.threatDetectedByName?.threatNames;
  const threats = [...list(found), ...list(service?.malwareScanDetails?.threats)];
  return threats.map((threat) => join([threat.name, threat.filePaths ? filesOf(threat) : undefined])).filter(Boolean);
}

function filesOf(threat: Json): string {
  return join(list(threat.filePaths).map((file) => file.filePath ?? file.fileName));
}

function threatsOf(service: Json | undefined): string[] {
  const { additionalInfo: info, evidence } = service ?? {};
  const lists = list(evidence?.threatIntelligenceDetails).map((one) =>
    join([one.threatListName, ...list(one.threatNames)]),
  );
  return [...new Set(lists.length > 0 ? lists : [join([info?.threatListName, info?.threatName])])].filter(Boolean);
}

function course(service: Json | undefined, locale: Locale) {
  const [first, last] = [text(service?.eventFirstSeen), text(service?.eventLastSeen)];
  return [
    ...fact(locale.t('since'), first && locale.time(first)),
    ...fact(locale.t({ en: 'Last seen', 'zh-CN': '最近一次' }), last && locale.time(last)),
    ...fact(locale.t({ en: 'Count', 'zh-CN': '次数' }), text(service?.count)),
  ];
}

/** An administrator account receives the findings of its members. */
function accountOf({ detail, account }: AwsEvent<Json | undefined>, locale: Locale): string {
  const receiver = text(account) ?? '';
  const hit = text(detail?.accountId) ?? receiver;
  const by = locale.account(receiver);
  const note = locale.t({ en: `, received by ${by}`, 'zh-CN': `，由 ${by} 收到` });
  return locale.account(hit) + (receiver && receiver !== hit ? note : '');
}

/** The address that AWS itself writes into `SourceUrl` of the findings that GuardDuty sends to Security Hub. */
function linkTo(id: string | undefined, region: string, locale: Locale): string {
  const filter = id && /^[\w-]{1,300}$/.test(id) ? `?macros=current&fId=${id}` : '';
  return locale.console('guardduty', region, `#/findings${filter}`);
}
