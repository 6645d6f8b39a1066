import type { Fact } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import type { BotContext } from '../domain/context';
import { type CaseReply, isFromAws } from './case-replies';

/** Longer replies are read faster with their summary. */
const LONG_CHARS = 600;
/** A shorter reply in another language is understood without. */
const SHORT_CHARS = 40;
/** UTF-8: two lines. */
const MAX_BYTES = 500;
const LABEL: LocalizedText = { en: 'AI summary', 'zh-CN': 'AI 摘要' };

/** The summary of a reply of AWS, in the chat's language; undefined where the reply is short, or the model has nothing to show. */
export async function summarizeReply(reply: CaseReply, { assistant, locale }: BotContext): Promise<Fact | undefined> {
  const { language } = locale;
  const text = reply.body;
  const { length } = text.trim();
  if (!assistant || !isFromAws(reply) || length <= SHORT_CHARS) return undefined;
  if (length <= LONG_CHARS && assistant.isInLanguage(language, text)) return undefined;
  const source = { text, language, maxBytes: MAX_BYTES, isFromPerson: true };
  const value = await assistant.ask({ task: 'reply', source });
  return value ? { label: locale.t(LABEL), value } : undefined;
}
