/** The languages that a chat may read. */
export type OutputLanguage = 'zh-CN' | 'en';

const HAN = /\p{Script=Han}/gu;
/** Words of a sentence: no digits, no capitals in the middle. */
const WORD = /(?<![\w.-])[A-Za-z]?[a-z]+(?![\w.-]*[\d_])/g;
/** English sentences are full of these. */
const ENGLISH =
  /\b(?:the|an?|is|are|was|were|of|to|in|and|will|has|have|been|by|for|on|at|from|with|before|that|this)\b/gi;
const MIN_CHARS = 6;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Whether a text is written in this language. Names of AWS and of people's resources may be in the other. */
export function isInLanguage(language: OutputLanguage, text: string): boolean {
  const [han, words] = [count(text, HAN), count(text, WORD)];
  if (language === 'zh-CN') return han >= MIN_CHARS && han > words * 1.5;
  return words >= MIN_CHARS / 2 && count(text, ENGLISH) * 8 >= words && han <= words / 2;
}
