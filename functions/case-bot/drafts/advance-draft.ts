import type { Card, ChatMessage } from '@casebell/im/bots';
import type { Draft } from '../domain/draft';
import type { Office } from '../domain/context';
import { enclosing } from '../filing/attachments';
import { problemCard } from './form';
import { review } from './review';
import { reviewCard } from './review-card';

/** Remembers a draft, and asks for what it still lacks; when it lacks nothing, shows what will be filed. */
export async function proceed(given: Draft, message: ChatMessage, office: Office): Promise<Card> {
  const draft = enclosing(given, message);
  const { bot, store } = office;
  await store.saveDraft(bot.name, message, draft);
  const reviewed = await review(draft.values, office);
  const judged = { ...draft, values: reviewed.values };
  await store.saveDraft(bot.name, message, judged);
  if (reviewed.problems.length > 0) return problemCard(judged, reviewed.problems, office.say);
  return reviewCard(judged, reviewed, office);
}
