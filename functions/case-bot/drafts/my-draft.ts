import type { ChatMessage } from '@casebell/im/bots';
import type { Draft } from '../domain/draft';
import { UserInputError } from '../domain/errors';
import type { MessageContext } from '../domain/context';

/** The draft that this person has begun here. Throws Misunderstanding when there is none, or when a button is of an earlier one. */
export async function loadDraft(message: ChatMessage, { bot, store }: MessageContext, reference = ''): Promise<Draft> {
  const draft = await store.getDraft(bot.name, message);
  if (!draft)
    throw new UserInputError({
      en: 'You have no case to be filed here. Begin one with `open SUBJECT`.',
      'zh-CN': '您在这里没有待提交的工单，请先发送“开工单 题目”。',
    });
  if (!reference || reference.toUpperCase() === draft.reference) return draft;
  throw new UserInputError({
    en: 'This card is out of date: you have begun another case since. Use the latest card.',
    'zh-CN': '这张卡片已过期：您之后又开始了新的工单，请使用最新的卡片。',
  });
}
