/** What is no plain sentence: emphasis, code, headings, lists, tables, tags, entities, JSON, and what nobody can see. */
const MARKUP = [
  /\*\*|__|~~|```|`|\]\(|!\[|&(?:[a-z]+|#\d+);/i,
  /<\/?[a-z!@#|/]|[|{}[\]\\]|\*/i,
  /^\s*(?:#{1,6}\s|>|[-+•·]\s|\d{1,2}[.)、]\s)/m,
  /#(?=\p{L})|(?<!\w):[a-z_]+:(?!\w)/iu,
  /[^\P{C}\n\t]/u,
];

/** What only somebody says who talks about the task, or about himself, instead of doing it. */
const TALK = [
  /\b(?:system|developer|user) (?:prompt|message|instruction)s?\b|\b(?:the|my|your|this|initial) prompts?\b(?! \w)/i,
  /\b(?:ignor|disregard|overrid|forget)\w*\b[^.]{0,40}\b(?:instruction|prompt|rule|above|previous)/i,
  /\b(?:my|your|these|previous|prior|above|hidden|given) (?:instruction|prompt)s?\b/i,
  /\bas an? (?:ai|assistant|language model)\b|\blanguage model\b|\bAI model\b/i,
  /\bI(?:['’](?:m|ll|ve)| am| will| can| cannot| can't| have| was)\b|\bsorry\b|\bunable to (?:assist|help|comply)\b/i,
  /^\s*(?:here(?: is|'s)|summary ?:|sure\b|certainly\b|okay\b|note ?:)/i,
  /<\/?data|\bdata-[a-z0-9]{4,}\b/i,
  /系统提示|提示词|提示语|忽略[^。]{0,20}(?:指令|指示|规则|要求|以上|之前)|(?:我的|你的|上述|之前的|以上|系统|隐藏的?)(?:指令|指示|规则|任务)/,
  /作为(?:一个|一名)?(?:AI|人工智能|语言模型|助手|助理)|语言模型|我(?!们|国|方)|抱歉|对不起|无法(?:协助|提供帮助|完成该请求)/,
  /^\s*(?:以下是|摘要 ?:|总结 ?:|好的|当然|概述 ?:)/,
];

/** That nothing has to be done, in both languages: whoever says so must have read it. */
const ALL_CLEAR =
  /\bno (?:further )?(?:customer )?actions? (?:is |are |will be )?(?:needed|required|necessary)|\b(?:do not|don't|need not) (?:need to |have to )?(?:take|do) (?:any |any further )?(?:action|anything)|\bnothing (?:needs|has) to be done|\b(?:can|may) (?:safely )?(?:be ignored|ignore)\b|\bfalse alarm\b|无需[^，。]{0,8}(?:操作|处理|行动|措施)|不需要[^，。]{0,8}(?:操作|处理|行动)|(?:可以|可)忽略|误报/i;
/** That it is over. */
const OVER =
  /\b(?:has|have|been|was|were|is|are|fully) (?:now )?(?:been )?(?:fully )?(?:resolved|recovered|restored|closed|completed|fixed)\b|\bresolved\b|\bclosed\b|\bcompleted\b|operating normally|已(?:经)?(?:全部)?(?:恢复|解决|修复|关闭|结束|完成)|恢复正常/i;

const some = (patterns: readonly RegExp[], text: string): boolean => patterns.some((pattern) => pattern.test(text));

export const hasMarkup = (text: string): boolean => some(MARKUP, text);
export const talks = (text: string): boolean => some(TALK, text);
/** Whether a text soothes where the other does not. */
export const soothes = (said: string, known: string): boolean =>
  [ALL_CLEAR, OVER].some((pattern) => pattern.test(said) && !pattern.test(known));

const RELATIVE =
  /\b(?:today|tomorrow|tonight|yesterday|(?:next|last|this) (?:week|month|year))\b|今天|明天|后天|昨天|今晚|明晚|[下上本]周|[下上本]个?月|明年|去年/i;
const WEEKDAYS: readonly (readonly [RegExp, RegExp])[] = [
  ['mon', '一'],
  ['tue', '二'],
  ['wed', '三'],
  ['thu', '四'],
  ['fri', '五'],
  ['sat', '六'],
  ['sun', '[日天]'],
].map(([en, zh]) => {
  const day = new RegExp(`\\b${en}(?:\\b|[a-z]*day\\b)|(?:星期|周)${zh}`, 'i');
  return [day, day] as const;
});
/** A day in Chinese numerals cannot be compared, so it is not let through. */
const NUMERALS = /[一二三四五六七八九十]+月[一二三四五六七八九十]+[日号]/;

/** Numbers in words cannot be compared either; small ones are how people write. */
const COUNTED =
  /[二三四五六七八九][十百千万]|[十百千万][一二三四五六七八九]|\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|millions?)\b/i;
/** Digits that no `\d` finds. */
const FOREIGN_DIGIT = /[^\P{Nd}0-9]/u;

export const strangeCount = (said: string, known: string): boolean =>
  FOREIGN_DIGIT.test(said) || (COUNTED.test(said) && !COUNTED.test(known));

/** Whether a text names a day in words that the other does not have. */
export const strangeDay = (said: string, known: string): boolean =>
  [[RELATIVE, RELATIVE] as const, [NUMERALS, NUMERALS] as const, ...WEEKDAYS].some(
    ([pattern, same]) => pattern.test(said) && !same.test(known),
  );
