import { byteLength } from '../im/text';
import { type FactKind, factsIn, type SourceFact } from './facts';
import { isInLanguage, type OutputLanguage } from './language';
import { normalizeText } from './normalize';

/** Why an answer is not shown: a word for logs and metrics that does not reveal its content. */
export type Violation =
  | FactKind
  | 'empty'
  | 'too-long'
  | 'markup'
  | 'mention'
  | 'link'
  | 'instructions'
  | 'language'
  | 'command'
  | 'name'
  | 'claim'
  | 'deadline';

/** What a model was given, and what its answer has to keep to. */
export interface Source {
  /** All that the model was shown, as a reader sees it. */
  text: string;
  /** The language of the answer. */
  language: OutputLanguage;
  /** Dates with times that the answer must name. */
  deadlines?: readonly string[];
  /** Of the answer, in UTF-8; 900 if absent, which is three sentences. */
  maxBytes?: number;
  /** Written by one person to another: a request to reply is no attempt to steer the model then. */
  isFromPerson?: boolean;
}

const MAX_BYTES = 900;
/** Characters in a row that an answer shares with its instructions by copying alone. */
const LEAK_CHARS = 20;

/** Emphasis, code, headings, lists, tables, tags, entities, emoji, and invisible characters. */
const MARKUP = [
  /\*\*|__|~~|`|\]\(|!\[|&(?:[a-z]+|#\d+);|<\/?[a-z!@#|/]|[|{}[\]\\<>]|\*/i,
  /^\s*(?:#{1,6}\s|[-+•·]\s|\d{1,2}[.)、]\s)|#(?=\p{L})|(?<!\w):[a-z_]+:(?!\w)/imu,
  /[^\P{C}\n\t]|\p{Emoji_Presentation}|\ufe0f|\p{Mn}/u,
];
const LINK =
  /\b[a-z][a-z0-9+.-]{0,20}:\/\/(?<!s3:\/\/)|\bwww\.|\b(?:javascript|data|mailto|tel|file|vbscript):\S|\bhxxps?\b/i;
/** A host that is written so that no filter knows it. */
const DISGUISED_LINK =
  /\bdot\)? ?(?:com|net|org|info|io|cn|dev|app|xyz|top)\b|点(?:com|cn|net|org)\b|[a-z][·・‧•][a-z]/i;
const TALK =
  /system prompt|language model|\bas an AI\b|\bsorry\b|\bguidelines\b|^here(?:['’]s| is)|系统提示|提示词|语言模型|抱歉|我的任务|以下是|忽略.{0,6}指令|data-\w{8}/i;
const FLAG = /(?<=\s)--?[A-Za-z][\w-]*/g;
const PROGRAM =
  /(?<![\w.-])(?:sudo|rm|aws|kubectl|eksctl|curl|wget|ch(?:mod|own)|systemctl|docker|helm|terraform|kill|psql|mysql|ssh|pip3?|npm|npx|yum|apt(?:-get)?|iptables|powershell|bash|python3?|git) [a-z][\w./-]*/g;
const ORDERED =
  /\b(?:run|execute|type|invoke)\s+(?!the|an?|it|this|that|your|these|those|all|any|on|in|out|by|as|of)[a-z][\w-]*/g;
/** The two claims that do most harm when they are invented: that nothing has to be done, and that it is over. */
const CLAIMS = [
  /\bno (?:\w+ ){0,3}actions?\b|\bno need\b|\bnot? (?:need|have) to\b|无需|不需要|不用|不必|无须|没有?必要|可以?忽略|\bignored?\b/i,
  /(?<!(?:not|n['’]t|until|once|if|when|whether)\b[^.]{0,12})\b(?:resolved|recovered|restored|fixed|over now)\b|(?<!未|没有?|尚|后)(?:已经?|均已?)(?:全部|完全)?(?:恢复|解决|修复|解除|关闭)|恢复正常/i,
];

const textOf = (text: string, pattern: RegExp): string[] =>
  (text.match(pattern) ?? []).map((word) => word.toLowerCase());
const LATIN = /(?<![\w.])[a-z][a-z-]+(?![\w.])/g;
const HYPHENATED = /(?<![\w-])[a-z]{3,}(?:-[a-z]+)+(?![\w-])/gi;

interface Reading {
  output: string;
  source: string;
  facts: readonly SourceFact[];
  sourceFacts: readonly SourceFact[];
}
type Check = (reading: Reading, source: Source) => Violation | undefined;
const when = (isViolated: boolean, violation: Violation): Violation | undefined => (isViolated ? violation : undefined);

/** The first that objects gives the reason. */
const CHECKS: readonly Check[] = [
  ({ output }) => when(!/\p{L}/u.test(output), 'empty'),
  ({ output, source }, { isFromPerson }) =>
    when(hasMarkup(isFromPerson ? withoutQuotes(output, source) : output), 'markup'),
  ({ output }) => when(LINK.test(output) || DISGUISED_LINK.test(output), 'link'),
  ({ output }) => when(output.includes('@'), 'mention'),
  ({ output, source }) => when(TALK.test(output) && !TALK.test(source), 'instructions'),
  strangeFact,
  strangeDay,
  ({ output, source }) => when(hasStrangeLetters(output, source), 'identifier'),
  ({ output }, { language }) => when(!isInLanguage(language, output), 'language'),
  strangeCommand,
  ({ output, source }) => when(hasSister(output, source), 'name'),
  ({ output, source }) =>
    when(
      CLAIMS.some((claim) => claim.test(output) && !claim.test(source)),
      'claim',
    ),
  ({ facts, sourceFacts }, source) => when(!namesDeadlines(facts, sourceFacts, source), 'deadline'),
];

/**
 * Why an answer of a model may not be shown; undefined where it may. Pure. What can be looked up, called or acted upon must stand in the
 * source, so an answer can be vague or one-sided, but not invent. On any doubt it is dropped, and the source is shown alone.
 * @param instructions what the model was asked for: nothing of it may come out
 */
export function findViolation(answer: string, source: Source, instructions = ''): Violation | undefined {
  if (byteLength(answer) > (source.maxBytes ?? MAX_BYTES)) return 'too-long';
  if (leaks(answer, instructions)) return 'instructions';
  const [output, known] = [normalizeText(answer), normalizeText(source.text)];
  const reading = { output, source: known, facts: factsIn(output), sourceFacts: factsIn(known) };
  for (const check of CHECKS) {
    const violation = check(reading, source);
    if (violation) return violation;
  }
  return undefined;
}

const hasMarkup = (text: string): boolean => MARKUP.some((pattern) => pattern.test(text));

/** People write `s3:*` and `[sshd]` to each other: words of the source may be repeated unless they call, open or emphasise. */
const withoutQuotes = (output: string, source: string): string =>
  output.replace(/[^\s,;，；。]{2,200}/g, (word) =>
    /\w/.test(word) && !/[<>@`#&!]|\*\*|__|\]\(/.test(word) && source.includes(word) ? ' ' : word,
  );

function leaks(answer: string, instructions: string): boolean {
  for (let at = 0; at + LEAK_CHARS <= answer.length; at += 1)
    if (instructions.includes(answer.slice(at, at + LEAK_CHARS))) return true;
  return false;
}

function strangeFact({ facts, sourceFacts }: Reading): Violation | undefined {
  const known = new Set(sourceFacts.flatMap(({ value, implies }) => [value, ...implies]));
  const isKnown = ({ value, alternatives }: SourceFact): boolean =>
    known.has(value) || alternatives.some((all) => all.every((one) => known.has(one)));
  return facts.find((fact) => !isKnown(fact))?.kind ?? when(hasStrangePair(facts, sourceFacts), 'time');
}

/** Whether a time follows a date that it belongs to nowhere in the source, while it belongs to another one there. */
function hasStrangePair(facts: readonly SourceFact[], sourceFacts: readonly SourceFact[]): boolean {
  const known = pairsIn(sourceFacts);
  return pairsIn(facts).some(([day, time]) => {
    const days = known.filter(([, other]) => other === time).map(([other]) => other);
    return days.length > 0 && !days.includes(day);
  });
}

/** A day and the time right behind it, without year and zone. */
function pairsIn(facts: readonly SourceFact[]): [day: string, time: string][] {
  const times = new Map(facts.flatMap((fact) => (fact.kind === 'time' ? [[fact.at, fact]] : [])));
  return facts.flatMap(({ kind, end, implies, value }) => {
    const next = kind === 'date' ? [0, 1, 2, 3, 4].map((gap) => times.get(end + gap)).find(Boolean) : undefined;
    return next ? [[implies[0] ?? value, next.value.replace(/am|@.*/g, '')]] : [];
  });
}

/** Days that depend on the day of writing, and weekdays: the source must name the same. */
const DAYS: readonly RegExp[] = [
  ...[
    /\btoday\b|\btonight\b|\bthis (?:morning|afternoon|evening)\b|今[天日早晚晨]/i,
    /\btomorrow\b|明[天日早晚晨]/i,
    /\byesterday\b|昨[天日晚夜]/i,
    /\bnext (?:week|month)\b|下个?(?:周|星期|月)/i,
  ],
  ...['mon|一', 'tue|二', 'wed|三', 'thu|四', 'fri|五', 'sat|六', 'sun|[日天]'].map((day) => {
    const [en, zh] = day.split('|');
    return new RegExp(`\\b${en}(?:\\b|[a-z]{0,6}day\\b)|(?:星期|周)${zh}`, 'i');
  }),
];

function strangeDay({ output, source }: Reading): Violation | undefined {
  return when(
    DAYS.some((day) => day.test(output) && !day.test(source)),
    'date',
  );
}

/** Letters that look like others, and digits that no pattern finds: only as the source writes them. */
function hasStrangeLetters(output: string, source: string): boolean {
  const strange = output.match(/[\p{L}\p{N}]*[^\P{L}\p{Script=Han}a-zA-Z][\p{L}\p{N}]*|[^\P{N}0-9]/gu) ?? [];
  return strange.some((word) => !source.includes(word));
}

/** In Chinese every word of Latin letters is a name or a command; in English only what a shell would run is recognized. */
function strangeCommand({ output, source }: Reading, { language }: Source): Violation | undefined {
  const isUnknown = (words: string): boolean => !source.toLowerCase().includes(words);
  if ([FLAG, PROGRAM].some((pattern) => textOf(output, pattern).some(isUnknown))) return 'command';
  if (language === 'en')
    return when(
      textOf(output, ORDERED).some((words) => isUnknown(words.split(/\s+/)[1] ?? '')),
      'command',
    );
  return when(textOf(output, LATIN).some(isUnknown), 'name');
}

/** `orders-replica` where the source has an `orders-primary`, and no replica. */
function hasSister(output: string, source: string): boolean {
  const known = new Set(
    (source.match(/[\w-]+/g) ?? []).map((word) => word.toLowerCase()).filter((word) => word.includes('-')),
  );
  const ends = new Set([...known].flatMap((name) => [name.split('-')[0], name.split('-').at(-1)]));
  return textOf(output, HYPHENATED).some(
    (name) =>
      ![...known].some((one) => one.includes(name)) &&
      (ends.has(name.split('-')[0]) || ends.has(name.split('-').at(-1))),
  );
}

/** All that were passed in, and the first date of the source that something has to be done by. */
function namesDeadlines(
  facts: readonly SourceFact[],
  sourceFacts: readonly SourceFact[],
  { text, deadlines = [] }: Source,
): boolean {
  const said = new Set(facts.flatMap(({ value, implies }) => [value, ...implies]));
  const isNamed = ({ value, implies }: SourceFact): boolean =>
    [value, ...implies].some((form) => !form.startsWith('@') && said.has(form));
  const known = normalizeText(text);
  const due = sourceFacts.find(
    ({ kind, at, end }) => kind === 'date' && isDue(known.slice(Math.max(0, at - 16), at), known.slice(end, end + 4)),
  );
  return (!due || isNamed(due)) && deadlines.every((deadline) => factsIn(normalizeText(deadline)).every(isNamed));
}

const isDue = (before: string, after: string): boolean =>
  /\b(?:by|before|until|no later than)\s+$/i.test(before) || /^\s?(?:之前|前|以前|截止)/.test(after);
