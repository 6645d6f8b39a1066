import type { Card } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import { caseUrl, formatStatus, REOPEN, REPLY_LABEL, SUPPORT_CENTER } from '../domain/case-card';
import type { CaseSubscription } from '../domain/case-subscription';
import { commandText } from '../domain/command';
import type { BotContext } from '../domain/context';
import type { SupportCase } from '../domain/support-client';
import { type CaseReply, isFromAws } from './case-replies';

/** One reply, verbatim. */
export function replyCard(reply: CaseReply, subscription: CaseSubscription, { locale, app }: BotContext): Card {
  const { displayId, reference, conversation } = subscription;
  // In a conversation that was created for the case, everything that people write goes to AWS.
  const isCaseConversation = app.createThread && (reference || conversation.thread);
  const files = reply.attachments.map(({ name }) => ({ label: locale.t(FILE), value: name }));
  return {
    title: locale.t(isFromAws(reply) ? repliedByAws(displayId) : writtenByUs(displayId)),
    severity: 'info',
    facts: [
      { label: locale.t(FROM), value: reply.submittedBy },
      { label: locale.t(TIME), value: locale.time(reply.time) },
      ...files,
    ],
    quote: reply.body.trim() || '…',
    ...(!isCaseConversation && { text: locale.t(howToReply(displayId)) }),
  };
}

/** Says that there is a reply whose text the chat has rejected. */
export function replyNoticeCard(reply: CaseReply, subscription: CaseSubscription, ctx: BotContext): Card {
  const { quote: _, ...card } = replyCard(reply, subscription, ctx);
  const { locale, region } = ctx;
  const links = [{ label: locale.t(SUPPORT_CENTER), url: caseUrl(subscription.displayId, region) }];
  return { ...card, severity: 'warning', text: [locale.t(TEXT_REJECTED), card.text ?? ''].join('\n').trim(), links };
}

/** A change of status that people should know. */
export function statusCard({ displayId, subject, status }: SupportCase, { locale }: BotContext): Card {
  const isWaiting = status === 'pending-customer-action';
  return {
    title: locale.t(statusTitle(displayId, formatStatus(status, locale))),
    severity: isWaiting ? 'warning' : 'info',
    quote: subject,
    ...(isWaiting && { text: locale.t(WAITING) }),
    buttons: [{ label: locale.t(REPLY_LABEL), command: commandText('reply', locale, displayId) }],
  };
}

/** Sums up a resolved case. @param replies all communications of the case */
export function resolvedCard(
  { displayId, subject, time }: SupportCase,
  replies: readonly CaseReply[],
  { locale, region, now }: BotContext,
): Card {
  const fromAws = replies.filter(isFromAws).length;
  const opened = Date.parse(time);
  const ended = Math.max(...replies.map(({ sentAt }) => sentAt), opened || now(), now());
  return {
    title: locale.t({ en: `Case ${displayId} is resolved`, 'zh-CN': `工单 ${displayId} 已解决` }),
    severity: 'resolved',
    text: locale.t(summaryOf(replies.length - fromAws, fromAws, formatDuration(ended - opened))),
    quote: subject,
    links: [{ label: locale.t(SUPPORT_CENTER), url: caseUrl(displayId, region) }],
    buttons: [{ label: locale.t(REOPEN), command: commandText('reply', locale, displayId) }],
  };
}

const UNITS = [
  { ms: 86_400_000, en: 'day', zh: '天' },
  { ms: 3_600_000, en: 'hour', zh: '小时' },
  { ms: 60_000, en: 'minute', zh: '分钟' },
] as const;

function formatDuration(ms: number): LocalizedText {
  const unit = UNITS.find((one) => ms >= 2 * one.ms) ?? UNITS[2];
  const count = Math.max(1, Math.round(ms / unit.ms));
  return { en: plural(count, unit.en), 'zh-CN': `${count} ${unit.zh}` };
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const summaryOf = (ours: number, fromAws: number, duration: LocalizedText): LocalizedText => ({
  en: `Resolved after ${duration.en}: ${plural(ours, 'message')} from us, ${fromAws} from AWS.`,
  'zh-CN': `历时 ${duration['zh-CN']}解决：我方 ${ours} 条消息，AWS ${fromAws} 条回复。`,
});
const repliedByAws = (id: string): LocalizedText => ({
  en: `AWS has replied in case ${id}`,
  'zh-CN': `AWS 回复了工单 ${id}`,
});
const writtenByUs = (id: string): LocalizedText => ({
  en: `Our side has written in case ${id}`,
  'zh-CN': `我方在工单 ${id} 中有新的补充`,
});
const statusTitle = (id: string, status: string): LocalizedText => ({
  en: `Case ${id}: ${status}`,
  'zh-CN': `工单 ${id}：${status}`,
});
const howToReply = (id: string): LocalizedText => ({
  en: `To write to AWS Support: \`reply ${id} TEXT\``,
  'zh-CN': `回复工单：\`回复 ${id} 内容\``,
});
const TEXT_REJECTED: LocalizedText = {
  en: 'This chat does not accept its text: read it in Support Center.',
  'zh-CN': '聊天平台不接受这条内容，请到支持中心查看。',
};
const FROM: LocalizedText = { en: 'From', 'zh-CN': '来自' };
const TIME: LocalizedText = { en: 'Time', 'zh-CN': '时间' };
const FILE: LocalizedText = { en: 'File', 'zh-CN': '附件' };
const WAITING: LocalizedText = { en: 'AWS is waiting for your reply.', 'zh-CN': 'AWS 正在等待您的回复。' };
