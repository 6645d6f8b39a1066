import type { Button, Card, Fact } from '@casebell/im/bots';
import type { Locale, LocalizedText } from '../../shared/locale';
import type { CaseRecord } from './case-store';
import { commandText } from './command';
import type { BotContext } from './context';
import type { FoundCase } from './find-case';
import { LABELS, optionName } from './labels';

/** The statuses of DescribeCases as people read them; an unknown status is shown as AWS returns it. */
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

/** A case in its present state. */
export function caseCard({ supportCase, account }: Pick<FoundCase, 'supportCase' | 'account'>, ctx: BotContext): Card {
  const { t, time } = ctx.locale;
  const { displayId, subject, status, serviceCode, severityCode, latest } = supportCase;
  const facts = [
    { label: t({ en: 'Status', 'zh-CN': '状态' }), value: formatStatus(status, ctx.locale) },
    ...accountFact(account, ctx),
    { label: t(LABELS.serviceCode), value: serviceCode },
    severityFact(severityCode, ctx.locale),
    { label: t({ en: 'Opened', 'zh-CN': '创建时间' }), value: time(supportCase.time) },
    ...latest.slice(0, 1).map((last) => ({ label: t(LAST_ACTIVITY), value: time(last.time) })),
  ];
  return cardOf(displayId, subject, { severity: isResolved(supportCase) ? 'resolved' : 'info', facts }, ctx);
}

/** A case that was just created. @param isInCaseConversation whether the card is posted to the conversation of the case */
export function newCaseCard(record: CaseRecord, ctx: BotContext, isInCaseConversation: boolean): Card {
  const { displayId = '', request, account, opener, reference } = record;
  const { t } = ctx.locale;
  const facts = [
    ...accountFact(account, ctx),
    { label: t(LABELS.serviceCode), value: `${request.serviceCode} / ${request.categoryCode}` },
    severityFact(request.severityCode, ctx.locale),
    { label: t({ en: 'Opened by', 'zh-CN': '提交人' }), value: opener.name ?? opener.id },
    { label: t({ en: 'Reference', 'zh-CN': '参考号' }), value: reference },
  ];
  const text = t(isInCaseConversation ? CASE_CONVERSATION_HINT : replyHint(displayId));
  return cardOf(displayId, request.subject, { severity: 'info', text, facts }, ctx);
}

function cardOf(displayId: string, subject: string, rest: Omit<Card, 'title'>, { locale, region }: BotContext): Card {
  return {
    title: `${locale.t({ en: 'Case', 'zh-CN': '工单' })} ${displayId} · ${subject}`,
    ...rest,
    links: [{ label: locale.t(SUPPORT_CENTER), url: caseUrl(displayId, region) }],
    buttons: buttonsOf(displayId, rest.severity === 'resolved', locale),
  };
}

function buttonsOf(displayId: string, isClosed: boolean, locale: Locale): Button[] {
  const { t } = locale;
  const show = { label: t(CORRESPONDENCE), command: commandText('show', locale, displayId) };
  const reply = { label: t(isClosed ? REOPEN : REPLY_LABEL), command: commandText('reply', locale, displayId) };
  const resolve = { label: t(RESOLVE), command: commandText('resolve', locale, displayId) };
  return isClosed ? [show, reply] : [show, reply, resolve];
}

/** Shown only where the bot serves several accounts. */
const accountFact = (account: string, { locale, accounts }: BotContext): Fact[] =>
  accounts.all.length > 1 ? [{ label: locale.t(LABELS.account), value: accounts.nameOf(account) }] : [];

const severityFact = (code: string, locale: Locale): Fact => ({
  label: locale.t(LABELS.severityCode),
  value: optionName('severityCode', code, locale) ?? code,
});

const LAST_ACTIVITY: LocalizedText = { en: 'Last activity', 'zh-CN': '最近更新' };
export const SUPPORT_CENTER: LocalizedText = { en: 'Support Center', 'zh-CN': '打开支持中心' };
const CORRESPONDENCE: LocalizedText = { en: 'Correspondence', 'zh-CN': '查看往来' };
export const REPLY_LABEL: LocalizedText = { en: 'Reply', 'zh-CN': '回复' };
export const REOPEN: LocalizedText = { en: 'Reopen', 'zh-CN': '重新打开' };
const RESOLVE: LocalizedText = { en: 'Resolve', 'zh-CN': '关闭工单' };
/** For the thread or group of a case. */
export const CASE_CONVERSATION_HINT: LocalizedText = {
  en: 'Everything that is written or shared in this thread or group goes to AWS Support, without a mention. The replies of AWS come here.',
  'zh-CN': '在这个话题或群里发送的文字和文件都会回复到工单，无需 @机器人；AWS 的回复也会发到这里。',
};
const replyHint = (displayId: string): LocalizedText => ({
  en: `To write to AWS Support: \`reply ${displayId} TEXT\`\nThe replies of AWS come here; to read all: \`case ${displayId}\``,
  'zh-CN': `回复工单：\`回复 ${displayId} 内容\`\nAWS 的回复会发到这里；查看全部往来：\`工单 ${displayId}\``,
});

/** Support Center of the three public partitions, by the stack's Region. */
const SUPPORT_CENTERS = [
  { regions: /^cn-/, home: 'https://console.amazonaws.cn/support/home' },
  { regions: /^us-gov-/, home: 'https://console.amazonaws-us-gov.com/support/home' },
  { regions: /^/, home: 'https://support.console.aws.amazon.com/support/home' },
] as const;

/** The case in Support Center. */
export function caseUrl(displayId: string, region: string): string {
  const home = SUPPORT_CENTERS.find(({ regions }) => regions.test(region))?.home;
  return `${home}#/case/?displayId=${encodeURIComponent(displayId)}`;
}

/** The link that is pinned in the conversation of a case. */
export const caseLink = (displayId: string, { locale, region }: BotContext) => ({
  label: locale.t({ en: 'AWS case', 'zh-CN': 'AWS 工单' }),
  url: caseUrl(displayId, region),
});
