import { byteLength } from '../text';
import { acts } from './acts';
import { withoutDurations } from './durations';
import { isInLanguage, type OutputLanguage } from './language';
import { inDigits } from './numerals';
import { hasMarkup, soothes, strangeCount, strangeDay, talks } from './phrases';
import { unrounded } from './rounding';
import { names, spansOf, strangeTime } from './strange-time';
import { strangeThing, type Thing } from './things';
import { type Times, timesIn } from './times';

/** Why words of a model are not shown; a word for logs and metrics that says nothing of their content. */
export type Violation =
  | Thing
  | 'empty'
  | 'too-long'
  | 'markup'
  | 'talk'
  | 'language'
  | 'time'
  | 'deadline'
  | 'advice'
  | 'all-clear';

/** What a model was given, and what it owes. */
export interface Original {
  /** All that it was shown, as a reader sees it. */
  text: string;
  /** The language that it has to answer in. */
  language: OutputLanguage;
  /** Times that must not be lost: each in all the ways in which a reader may know it, one of which has to be named. */
  deadlines?: readonly (readonly string[])[];
  /** What it was told to do: nothing of it may come out. */
  instructions?: string;
  /** UTF-8 bytes; 900 if absent: three sentences. */
  longest?: number;
  /** Written by one person to another, who may well be asked to reply something: requests are no attempt at the model then. */
  isLetter?: boolean;
}

const LONGEST = 900;
/** Letters in a row that nobody writes by chance. */
const LEAK = 20;

/**
 * Whether words of a model may be shown to people, or why not: pure, and the same for a summary, a gist and a draft. What can be looked
 * up, opened, called or acted upon has to stand in the original, letter by letter; so a model can be vague, but not invent.
 * It cannot know whether what the original itself says is true.
 */
export function findViolation(words: string, original: Original): Violation | undefined {
  if (byteLength(words) > (original.longest ?? LONGEST)) return 'too-long';
  // A full-width ＠ or １ is read by people, and by some platforms, like the plain one.
  const [said, known] = [words.normalize('NFKC'), original.text.normalize('NFKC')];
  const read = { said, known, ours: timesIn(inDigits(said)), theirs: timesIn(inDigits(known, 0)) };
  return CHECKS.map((check) => check(read, original)).find((objection) => objection !== undefined);
}

/** What was said and what was known, and the times of both. */
interface Read {
  said: string;
  known: string;
  ours: Times;
  theirs: Times;
}

type Check = (read: Read, original: Original) => Violation | undefined;

const when = (objects: boolean, objection: Violation): Violation | undefined => (objects ? objection : undefined);

/** In this order: the first that objects gives the reason. */
const CHECKS: readonly Check[] = [
  ({ said }) => when(!/\p{L}/u.test(said), 'empty'),
  ({ said, known }, { isLetter }) => when(hasMarkup(isLetter ? withoutQuotes(said, known) : said), 'markup'),
  ({ said }, { instructions = '' }) => when(talks(said) || leaks(said, instructions), 'talk'),
  things,
  ({ said, known, ours, theirs }) => when(strangeDay(said, known) || strangeTime(ours, theirs), 'time'),
  ({ said, known }) => when(strangeCount(said, known), 'number'),
  ({ said }, { language }) => when(!isInLanguage(language, said), 'language'),
  ({ ours }, { deadlines = [] }) => when(!deadlines.every((forms) => isNamed(ours, forms)), 'deadline'),
  ({ said, known }) => when(acts(said, known), 'advice'),
  ({ said, known }) => when(soothes(said, known), 'all-clear'),
];

/** People write `s3:*` and `[order-api]` to each other: what stands so in a letter may be said of it, but nothing that calls or opens. */
const withoutQuotes = (said: string, known: string): string =>
  said.replace(/[^\s,;，；。]{2,200}/g, (word) =>
    /\w/.test(word) && !/[<>@`#&!]|\*\*|__|\]\(/.test(word) && known.includes(word) ? ' ' : word,
  );

function leaks(said: string, instructions: string): boolean {
  for (let at = 0; at + LEAK <= said.length; at += 1) if (instructions.includes(said.slice(at, at + LEAK))) return true;
  return false;
}

/** Times and durations are compared as such, so only what is left is compared word by word; a year may stand alone. */
function things({ ours, theirs }: Read): Violation | undefined {
  const left = withoutDurations(ours.rest, theirs.rest, spansOf(theirs));
  const known = [theirs.rest, ...theirs.moments.map(({ year }) => year ?? '')].join(' ');
  return strangeThing(unrounded(left ?? ours.rest, known), known) ?? when(left === undefined, 'number');
}

const isNamed = (said: Times, forms: readonly string[]): boolean =>
  forms.some((form) => names(said, timesIn(form.normalize('NFKC'))));
