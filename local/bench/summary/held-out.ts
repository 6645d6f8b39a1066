import type { Original } from '@casebell/im/webhooks';
import { dueIn, findViolation, modelRequestFor } from '@casebell/im/webhooks';
import { judgeOf } from '../../../functions/case-bot/drafting/answer';
import { TASKS } from '../../../functions/case-bot/drafting/task';
import { TASKS as OF_EVENTS } from '../../../functions/notifier/summary/task';
import { BAD } from './held-out/bad';
import { GOOD } from './held-out/good';
import type { HeldOut } from './held-out/held';
import { LATER } from './held-out/later';
import { DIGESTS, LETTERS, REQUESTS } from './held-out/words';

/** Outputs whose author had not read the guard, or not run it on them, when they were written: what it makes of words that it was not made for. */
export const HELD_OUT: readonly HeldOut[] = [...GOOD, ...BAD, ...LATER];

/** When the letters were written. */
const CASES_ARE_OF = 'Thu, 10 Sep 2026 10:00:00 GMT';

/** The guard's word on one, or `good`. @param originalOfEvent what a model is shown of a sample event */
export function verdictOnHeldOut(
  { of, language, text }: HeldOut,
  originalOfEvent: (event: string, language: Original['language']) => Original,
): string {
  const [digest, letter, request] = [DIGESTS[of], LETTERS[of], REQUESTS[of]];
  if (request) return judgeOf(TASKS[language])(text, { text: request, language, isLetter: true }) ?? 'good';
  const task = letter ? '' : OF_EVENTS[digest ? 'digest' : 'event'][language];
  const instructions = modelRequestFor('', { task, language, maxTokens: 0, mark: '' }).system;
  const due = letter && dueIn(letter, CASES_ARE_OF);
  const ofLetter = letter && { text: letter, language, isLetter: true, longest: 500, deadlines: due ? [[due]] : [] };
  const original = ofLetter || (digest ? { text: digest, language } : originalOfEvent(of, language));
  return findViolation(text, { ...original, instructions }) ?? 'good';
}
