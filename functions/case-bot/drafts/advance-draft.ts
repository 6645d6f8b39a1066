import type { Card, ChatMessage } from '@casebell/im/bots';
import type { Draft } from '../domain/draft';
import type { MessageContext } from '../domain/context';
import { withMessageFiles } from '../filing/attachments';
import { problemCard } from './form';
import { reviewDraft } from './review';
import { reviewCard } from './review-card';

/** Remembers a draft, and asks for what it still lacks; when it lacks nothing, shows what will be filed. */
export async function advanceDraft(given: Draft, message: ChatMessage, office: MessageContext): Promise<Card> {
  const draft = withMessageFiles(given, message);
  const { bot, store } = office;
  await store.saveDraft(bot.name, message, draft);
  const reviewed = await reviewDraft(draft.values, office);
  const judged = { ...draft, values: reviewed.values };
  await store.saveDraft(bot.name, message, judged);
  if (reviewed.problems.length > 0) return problemCard(judged, reviewed.problems, office.say);
  return reviewCard(judged, reviewed, office);
}
