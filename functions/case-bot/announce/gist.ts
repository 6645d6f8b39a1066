import { dueIn, type Fact, isInLanguage, type OutputLanguage } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import type { BotContext } from '../domain/context';
import { type CaseReply, isFromAws } from '../updates/case-replies';

/** Letters: what is longer is read faster with its gist. */
const LONG = 600;
/** Letters: a line in another language is understood without. */
const SHORT = 40;
/** UTF-8 bytes of two lines. */
const LONGEST = 500;

/** What AWS's answer comes to, in the chat's language; undefined where it is short, or there is nothing that may be shown. */
export async function gistOf(letter: CaseReply, { advisor, locale }: BotContext): Promise<Fact | undefined> {
  const { body, time } = letter;
  const { language } = locale;
  if (!advisor || !isFromAws(letter) || !isWorthIt(body, language)) return undefined;
  const due = dueIn(body, time);
  const deadlines = due ? [[due]] : [];
  const original = { text: body, language, deadlines, longest: LONGEST, isLetter: true };
  const words = await advisor.advise({ kind: 'gist', task: TASK[language], original });
  return words ? { label: locale.t(LABEL), value: words } : undefined;
}

const isWorthIt = (body: string, language: OutputLanguage): boolean => {
  const { length } = body.trim();
  return length > LONG || (length > SHORT && !isInLanguage(language, body));
};

/**
 * Two questions, because that is what whoever opened the case wants to know; the second only where it has an answer, because an invented
 * request would be followed; deadlines as they stand, because AWS closes a case that nobody answers.
 */
const TASK: Readonly<Record<OutputLanguage, string>> = {
  'zh-CN':
    '资料是 AWS 支持工程师对工单的回复。用不超过两行概括给提单人：第一行说明结论或进展；第二行说明需要提单人做什么或提供什么，没有要求就不写第二行。有截止时间的照原样写出日期和时间。',
  en: 'The material is an answer of an AWS Support engineer to a case. Sum it up for whoever opened the case, in two lines at most: first what AWS has found or done, then what AWS asks of them; where AWS asks for nothing, leave the second line out. Where there is a deadline, give its date and time as they are written.',
};

const LABEL: LocalizedText = { en: 'AI gist', 'zh-CN': 'AI 概要' };
