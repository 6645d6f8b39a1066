import type { Button, Card, Fact, Severity } from '@casebell/im/bots';
import type { Locale, LocalizedText } from '../shared/locale';
import type { CaseRecord } from './case-store';
import { caseUrl } from './case-url';
import { LABELS, SEVERITY_NAMES } from './filing/labels';
import type { Desk } from './office';
import { SPOKEN, typed } from './spoken';
import type { SupportCase } from './support-desk';

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

export const statusOf = (status: string, { t }: Locale): string => (STATUSES[status] ? t(STATUSES[status]) : status);

export const isResolved = ({ status }: { status: string }): boolean => status === 'resolved';

/** A case as AWS has it now. @param account its id */
export function caseCard(found: SupportCase, account: string, office: Desk): Card {
  const { say } = office;
  const facts = [
    { label: say.t({ en: 'Status', 'zh-CN': '状态' }), value: statusOf(found.status, say) },
    ...accountFact(account, office),
    { label: say.t(LABELS.serviceCode), value: found.serviceCode },
    severityFact(found.severityCode, say),
    { label: say.t({ en: 'Opened', 'zh-CN': '创建时间' }), value: say.time(found.time) },
    ...lastOf(found, say),
  ];
  const severity: Severity = isResolved(found) ? 'resolved' : 'info';
  return framed(found.displayId, found.subject, { severity, facts }, office);
}

/** A case that has just been filed, as it begins its life in a chat. @param isHome whether this is said in the case's own place */
export function recordCard(record: CaseRecord, office: Desk, isHome: boolean): Card {
  const { displayId = '', request, account, opener } = record;
  const { say } = office;
  const facts = [
    ...accountFact(account, office),
    { label: say.t(LABELS.serviceCode), value: `${request.serviceCode} / ${request.categoryCode}` },
    severityFact(request.severityCode, say),
    { label: say.t({ en: 'Opened by', 'zh-CN': '提交人' }), value: opener.name ?? opener.id },
    { label: say.t({ en: 'Reference', 'zh-CN': '参考号' }), value: record.reference },
  ];
  const text = say.t(isHome ? WRITE_HERE : writeWith(displayId));
  return framed(displayId, request.subject, { severity: 'info', text, facts }, office);
}

function framed(displayId: string, subject: string, rest: Omit<Card, 'title'>, office: Desk): Card {
  const { say, region } = office;
  const label = say.t({ en: 'Support Center', 'zh-CN': '打开支持中心' });
  return {
    title: `${say.t({ en: 'Case', 'zh-CN': '工单' })} ${displayId} · ${subject}`,
    ...rest,
    links: [{ label, url: caseUrl(displayId, region) }],
    buttons: buttonsOf(displayId, rest.severity === 'resolved', say),
  };
}

function buttonsOf(displayId: string, isOver: boolean, { t, language }: Locale): Button[] {
  const show = { label: t(SHOW), command: typed(SPOKEN.show, language, displayId) };
  const reply = { label: t(isOver ? REOPEN : REPLY), command: typed(SPOKEN.reply, language, displayId) };
  const resolve = { label: t(RESOLVE), command: typed(SPOKEN.resolve, language, displayId) };
  return isOver ? [show, reply] : [show, reply, resolve];
}

const SHOW: LocalizedText = { en: 'Correspondence', 'zh-CN': '查看往来' };
const REPLY: LocalizedText = { en: 'Reply', 'zh-CN': '回复' };
const REOPEN: LocalizedText = { en: 'Reopen', 'zh-CN': '重新打开' };
const RESOLVE: LocalizedText = { en: 'Resolve', 'zh-CN': '关闭工单' };

function lastOf({ latest }: SupportCase, say: Locale): Fact[] {
  const [last] = latest;
  return last ? [{ label: say.t({ en: 'Last activity', 'zh-CN': '最近更新' }), value: say.time(last.time) }] : [];
}

/** Said only where there are several. */
const accountFact = (account: string, { say, accounts }: Desk): Fact[] =>
  accounts.all.length > 1 ? [{ label: say.t(LABELS.account), value: accounts.nameOf(account) }] : [];

const severityFact = (code: string, { t }: Locale): Fact => ({
  label: t(LABELS.severityCode),
  value: SEVERITY_NAMES[code] ? t(SEVERITY_NAMES[code]) : code,
});

/** Said where a case lives: in its thread or its group. */
export const WRITE_HERE: LocalizedText = {
  en: 'All that is written or shared in this thread or group goes to AWS Support, without a mention; what AWS answers comes here.',
  'zh-CN': '在这个话题或群里发送的文字和文件都会回复到工单，无需 @机器人；AWS 的回复也会发到这里。',
};
const writeWith = (displayId: string): LocalizedText => ({
  en: `To write to AWS Support: \`reply ${displayId} TEXT\`\nWhat AWS answers comes here; all of it: \`case ${displayId}\``,
  'zh-CN': `回复工单：\`回复 ${displayId} 内容\`\nAWS 的回复会发到这里；查看全部往来：\`工单 ${displayId}\``,
});
