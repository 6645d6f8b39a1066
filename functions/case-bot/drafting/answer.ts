import { findViolation, type OutputValidator } from '@casebell/im/bots';
import { halfWidth } from '../domain/text';

/** What the model is asked for, a line each: what is chosen from a list, and what is written. */
export const CHOSEN = ['service', 'category', 'severity', 'type'] as const;
export const WRITTEN = ['subject', 'time', 'resources', 'region', 'symptoms', 'impact'] as const;
const NAMES = [...CHOSEN, ...WRITTEN];

export type Answer = Partial<Record<(typeof NAMES)[number], string>>;

/** How models say that they were not told. */
const NOTHING =
  /^(?:[-–—.。]*|n\/?a|none|unknown|not (?:mentioned|provided|specified|stated|given)(?: in [\w ]{1,40})?|(?:资料|文中|原文)?中?(?:无|未知|未提及|未提供|未说明|未提到|没有(?:提到|提及|说明)))[.。]?$/i;
/** `subject:`, and as models decorate it: `- **subject:**`, `1. **subject**:`. */
const FIELD = /^\s*(?:[-*•]\s|\d{1,2}[.)]\s)?\s*\*{0,2}([a-z]+)\*{0,2}\s*:\s*(?:\*\*\s*)?/i;
/** `aws-lambda (Lambda)`, as the list has it. */
const CODE = /^[^\s(（]*/;

/** Reads `name: value` lines; a line without a known name goes on with the value above it. */
export function readAnswer(words: string): Answer {
  const answer: Answer = {};
  let current: keyof Answer | undefined;
  for (const line of words.split('\n')) {
    const [whole = '', name = ''] = FIELD.exec(halfWidth(line)) ?? [];
    const known = NAMES.find((one) => one === name.toLowerCase());
    current = known ?? current;
    if (!current) continue;
    const value = known ? line.slice(whole.length) : line;
    answer[current] = [answer[current], value.trim()].filter(Boolean).join('\n');
  }
  for (const name of CHOSEN) if (answer[name]) answer[name] = CODE.exec(answer[name])?.[0];
  return Object.fromEntries(Object.entries(answer).filter(([, value]) => !NOTHING.test(value.trim())));
}

/** UTF-8 bytes of all that is written. */
const LONGEST = 3_000;

/** What is written is held against what the person has said; what is chosen is looked up, and needs no guard. @param task what of the instructions must not come out */
export const judgeOf =
  (task: string): OutputValidator =>
  (words, original) => {
    const answer = readAnswer(words);
    if (!answer.subject) return 'malformed';
    const written = WRITTEN.flatMap((name) => answer[name] ?? []).join('\n');
    return findViolation(written, { ...original, instructions: task, longest: LONGEST });
  };
