import type { Card } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import { caseUrl, formatStatus } from '../domain/case-card';
import type { CaseSubscription } from '../domain/case-subscription';
import { COMMAND_NAMES, commandText } from '../domain/command';
import type { BotContext } from '../domain/context';
import type { SupportCase } from '../domain/support-client';
import { type CaseReply, isFromAws } from './case-replies';

/** One communication, word for word. */
export function replyCard(letter: CaseReply, subscription: CaseSubscription, { locale, app }: BotContext): Card {
  const { displayId, reference, conversation } = subscription;
  // In the place of a case that was filed from here, and in a thread that was opened for one, all that is written goes to AWS.
  const isHome = app.createThread && (reference || conversation.thread);
  const files = letter.attachments.map(({ name }) => ({ label: locale.t(FILE), value: name }));
  return {
    title: locale.t(isFromAws(letter) ? answered(displayId) : written(displayId)),
    severity: 'info',
    facts: [
      { label: locale.t(FROM), value: letter.submittedBy },
      { label: locale.t(TIME), value: locale.time(letter.time) },
      ...files,
    ],
    quote: letter.body.trim() || '…',
    ...(!isHome && { text: locale.t(replyWith(displayId)) }),
  };
}

/** The same without its text, which the chat does not take. */
export function replyNoticeCard(letter: CaseReply, subscription: CaseSubscription, ctx: BotContext): Card {
  const { quote: _, ...card } = replyCard(letter, subscription, ctx);
  const { locale, region } = ctx;
  const links = [{ label: locale.t(CENTER), url: caseUrl(subscription.displayId, region) }];
  return { ...card, severity: 'warning', text: [locale.t(NOT_TAKEN), card.text ?? ''].join('\n').trim(), links };
}

/** A status that people should know of. */
export function statusCard(found: SupportCase, { locale }: BotContext): Card {
  const { displayId, subject, status } = found;
  return {
    title: locale.t(turned(displayId, formatStatus(status, locale))),
    severity: status === 'pending-customer-action' ? 'warning' : 'info',
    quote: subject,
    ...(status === 'pending-customer-action' && { text: locale.t(WAITING) }),
    buttons: [{ label: locale.t(REPLY), command: commandText(COMMAND_NAMES.reply, locale.language, displayId) }],
  };
}

/** Hand-over: how it went, and where it can be read. @param letters all of the case */
export function resolvedCard(
  found: SupportCase,
  letters: readonly CaseReply[],
  { locale, region, now }: BotContext,
): Card {
  const answers = letters.filter(isFromAws).length;
  const opened = Date.parse(found.time);
  const ended = Math.max(...letters.map(({ sentAt }) => sentAt), opened || now());
  return {
    title: locale.t(closed(found.displayId)),
    severity: 'resolved',
    text: locale.t(course(letters.length - answers, answers, spanOf(Math.max(ended, now()) - opened))),
    quote: found.subject,
    links: [{ label: locale.t(CENTER), url: caseUrl(found.displayId, region) }],
    buttons: [{ label: locale.t(REOPEN), command: commandText(COMMAND_NAMES.reply, locale.language, found.displayId) }],
  };
}

const UNITS = [
  { ms: 86_400_000, en: 'day', zh: '天' },
  { ms: 3_600_000, en: 'hour', zh: '小时' },
  { ms: 60_000, en: 'minute', zh: '分钟' },
] as const;

function spanOf(ms: number): LocalizedText {
  const unit = UNITS.find((one) => ms >= 2 * one.ms) ?? UNITS[2];
  const count = Math.max(1, Math.round(ms / unit.ms));
  return { en: many(count, unit.en), 'zh-CN': `${count} ${unit.zh}` };
}

const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const course = (written: number, answers: number, span: LocalizedText): LocalizedText => ({
  en: `Resolved after ${span.en}: ${many(written, 'message')} from us, ${answers} from AWS.`,
  'zh-CN': `历时 ${span['zh-CN']}解决：我方 ${written} 条消息，AWS ${answers} 条回复。`,
});
const answered = (id: string): LocalizedText => ({
  en: `AWS has answered in case ${id}`,
  'zh-CN': `AWS 回复了工单 ${id}`,
});
const written = (id: string): LocalizedText => ({
  en: `Our side has written in case ${id}`,
  'zh-CN': `我方在工单 ${id} 中有新的补充`,
});
const turned = (id: string, status: string): LocalizedText => ({
  en: `Case ${id}: ${status}`,
  'zh-CN': `工单 ${id}：${status}`,
});
const closed = (id: string): LocalizedText => ({ en: `Case ${id} is resolved`, 'zh-CN': `工单 ${id} 已解决` });
const replyWith = (id: string): LocalizedText => ({
  en: `To write to AWS Support: \`reply ${id} TEXT\``,
  'zh-CN': `回复工单：\`回复 ${id} 内容\``,
});
const NOT_TAKEN: LocalizedText = {
  en: 'This chat does not take its text: read it in Support Center.',
  'zh-CN': '聊天平台不接受这条内容，请到支持中心查看。',
};
const FROM: LocalizedText = { en: 'From', 'zh-CN': '来自' };
const TIME: LocalizedText = { en: 'Time', 'zh-CN': '时间' };
const FILE: LocalizedText = { en: 'File', 'zh-CN': '附件' };
const REPLY: LocalizedText = { en: 'Reply', 'zh-CN': '回复' };
const REOPEN: LocalizedText = { en: 'Reopen', 'zh-CN': '重新打开' };
const CENTER: LocalizedText = { en: 'Support Center', 'zh-CN': '打开支持中心' };
const WAITING: LocalizedText = { en: 'AWS is waiting for your answer.', 'zh-CN': 'AWS 正在等待您的回复。' };
