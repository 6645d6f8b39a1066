/** The languages that a chat may read. */
export type OutputLanguage = 'zh-CN' | 'en';

const HAN = /\p{Script=Han}/gu;
/** Kana, Hangul, Cyrillic, Arabic and so on: letters that neither language has. */
const OTHERS = /[^\P{L}\p{Script=Han}\p{Script=Latin}\p{Script=Greek}]/u;
/** Words without digits or capitals in the middle: those of a sentence, not names of AWS. */
const WORD = /(?<![\w.-])[A-Za-z]?[a-z]{1,}(?![\w.-]*[\d_])/g;
/** No English sentence is without one of these, and their sisters in languages that share its letters. */
const ENGLISH =
  /\b(?:the|an?|is|are|was|were|of|to|in|and|will|has|have|been|by|for|on|at|from|with|before|that|this)\b/gi;
const SISTERS =
  /\b(?:le|la|les|des|du|une?|est|sont|dans|pour|avec|sur|el|los|las|del|por|para|que|con|una|der|die|das|dem|den|und|ist|sind|von|nicht|mit|für|auf|im|wird|werden|il|di|che|per|non|della|sono|são|uma|não|em|het|een|van|niet|zijn|och|att|som|nie|jest|dan|yang|untuk|của|và)\b/giu;
/** Letters that English has in names alone. */
const ACCENTED = /[a-zß-ÿ]*[ß-ÿ][a-zß-ÿ]*/g;
const FEWEST = 6;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

const IS: Readonly<Record<OutputLanguage, (text: string) => boolean>> = {
  // A sentence of Chinese holds names of AWS, but not twice as many English words as characters.
  'zh-CN': (text) => count(text, HAN) >= FEWEST && count(text, HAN) > count(text, WORD) * 1.5,
  // Names that people have given to things may be Chinese.
  en: (text) =>
    count(text, WORD) >= FEWEST / 2 &&
    count(text, ENGLISH) > count(text, SISTERS) + count(text, ACCENTED) &&
    count(text, HAN) <= count(text, WORD) / 2,
};

/** Whether a text is, by its letters and commonest words, in this language. */
export const isInLanguage = (language: OutputLanguage, text: string): boolean =>
  !OTHERS.test(text) && IS[language](text);
