import type { Button, Card, Fact, Severity } from '@casebell/im/bots';
import type { Locale, LocalizedText } from '../../shared/locale';
import type { CaseRecord } from './case-store';
import { COMMAND_NAMES, commandText } from './command';
import type { BotContext } from './context';
import { LABELS, SEVERITY_NAMES } from './labels';
import type { SupportCase } from './support-client';

/** A case's statuses (DescribeCases) as people read them; others are shown as AWS has them. */
const STATUSES: Readonly<Record<string, LocalizedText>> = {
  opened: { en: 'opened', 'zh-CN': '已创建' },
  unassigned: { en: 'waiting for an engineer', 'zh-CN': '待分配工程师' },
  'work-in-progress': { en: 'AWS is working on it', 'zh-CN': 'AWS 处理中' },
  'pending-customer-action': { en: 'waiting for you', 'zh-CN': '等待您回复' },
  'customer-action-completed': { en: 'you have replied', 'zh-CN': '您已回复' },
  reopened: { en: 'reopened', 'zh-CN': '已重新打开' },
  resolved: { en: 'resolved', 'zh-CN': '已解决' },
};

export const formatStatus = (status: string, { t }: Locale): string =>
  STATUSES[status] ? t(STATUSES[status]) : status;

export const isResolved = ({ status }: { status: string }): boolean => status === 'resolved';

/** A case as AWS has it now. @param account its id */
export function caseCard(found: SupportCase, account: string, ctx: BotContext): Card {
  const { locale } = ctx;
  const facts = [
    { label: locale.t({ en: 'Status', 'zh-CN': '状态' }), value: formatStatus(found.status, locale) },
    ...accountFact(account, ctx),
    { label: locale.t(LABELS.serviceCode), value: found.serviceCode },
    severityFact(found.severityCode, locale),
    { label: locale.t({ en: 'Opened', 'zh-CN': '创建时间' }), value: locale.time(found.time) },
    ...lastOf(found, locale),
  ];
  const severity: Severity = isResolved(found) ? 'resolved' : 'info';
  return framed(found.displayId, found.subject, { severity, facts }, ctx);
}

/** A case that has just been filed, as it begins its life in a chat. @param isHome whether this is said in the case's own place */
export function newCaseCard(record: CaseRecord, ctx: BotContext, isHome: boolean): Card {
  const { displayId = '', request, account, opener } = record;
  const { locale } = ctx;
  const facts = [
    ...accountFact(account, ctx),
    { label: locale.t(LABELS.serviceCode), value: `${request.serviceCode} / ${request.categoryCode}` },
    severityFact(request.severityCode, locale),
    { label: locale.t({ en: 'Opened by', 'zh-CN': '提交人' }), value: opener.name ?? opener.id },
    { label: locale.t({ en: 'Reference', 'zh-CN': '参考号' }), value: record.reference },
  ];
  const text = locale.t(isHome ? CASE_CONVERSATION_HINT : writeWith(displayId));
  return framed(displayId, request.subject, { severity: 'info', text, facts }, ctx);
}

function framed(displayId: string, subject: string, rest: Omit<Card, 'title'>, ctx: BotContext): Card {
  const { locale, region } = ctx;
  const label = locale.t({ en: 'Support Center', 'zh-CN': '打开支持中心' });
  return {
    title: `${locale.t({ en: 'Case', 'zh-CN': '工单' })} ${displayId} · ${subject}`,
    ...rest,
    links: [{ label, url: caseUrl(displayId, region) }],
    buttons: buttonsOf(displayId, rest.severity === 'resolved', locale),
  };
}

function buttonsOf(displayId: string, isOver: boolean, { t, language }: Locale): Button[] {
  const show = { label: t(SHOW), command: commandText(COMMAND_NAMES.show, language, displayId) };
  const reply = { label: t(isOver ? REOPEN : REPLY), command: commandText(COMMAND_NAMES.reply, language, displayId) };
  const resolve = { label: t(RESOLVE), command: commandText(COMMAND_NAMES.resolve, language, displayId) };
  return isOver ? [show, reply] : [show, reply, resolve];
}

const SHOW: LocalizedText = { en: 'Correspondence', 'zh-CN': '查看往来' };
const REPLY: LocalizedText = { en: 'Reply', 'zh-CN': '回复' };
const REOPEN: LocalizedText = { en: 'Reopen', 'zh-CN': '重新打开' };
const RESOLVE: LocalizedText = { en: 'Resolve', 'zh-CN': '关闭工单' };

function lastOf({ latest }: SupportCase, locale: Locale): Fact[] {
  const [last] = latest;
  return last ? [{ label: locale.t({ en: 'Last activity', 'zh-CN': '最近更新' }), value: locale.time(last.time) }] : [];
}

/** Said only where there are several. */
const accountFact = (account: string, { locale, accounts }: BotContext): Fact[] =>
  accounts.all.length > 1 ? [{ label: locale.t(LABELS.account), value: accounts.nameOf(account) }] : [];

const severityFact = (code: string, { t }: Locale): Fact => ({
  label: t(LABELS.severityCode),
  value: SEVERITY_NAMES[code] ? t(SEVERITY_NAMES[code]) : code,
});

/** Said where a case lives: in its thread or its group. */
export const CASE_CONVERSATION_HINT: LocalizedText = {
  en: 'All that is written or shared in this thread or group goes to AWS Support, without a mention; what AWS answers comes here.',
  'zh-CN': '在这个话题或群里发送的文字和文件都会回复到工单，无需 @机器人；AWS 的回复也会发到这里。',
};
const writeWith = (displayId: string): LocalizedText => ({
  en: `To write to AWS Support: \`reply ${displayId} TEXT\`\nWhat AWS answers comes here; all of it: \`case ${displayId}\``,
  'zh-CN': `回复工单：\`回复 ${displayId} 内容\`\nAWS 的回复会发到这里；查看全部往来：\`工单 ${displayId}\``,
});

/** Support Center of the three public partitions, by the Region that somebody works in. */
const CONSOLES = [
  { regions: /^cn-/, home: 'https://console.amazonaws.cn/support/home' },
  { regions: /^us-gov-/, home: 'https://console.amazonaws-us-gov.com/support/home' },
  { regions: /^/, home: 'https://support.console.aws.amazon.com/support/home' },
] as const;

/** A case in Support Center. @param displayId the number that people see */
export function caseUrl(displayId: string, region: string): string {
  const home = CONSOLES.find(({ regions }) => regions.test(region))?.home;
  return `${home}#/case/?displayId=${encodeURIComponent(displayId)}`;
}
