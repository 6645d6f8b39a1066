/**
 * How people write who mean to be obeyed by a model. It cannot be complete, and need not: what a model says is judged for itself. It is for
 * orders whose result would look harmless, such as a sentence that the event itself holds.
 */
const ORDERS = [
  /\b(?:ignor|disregard|forget|overrid|bypass)\w*\b[^.\n]{0,40}\b(?:instruction|prompt|rule|guideline|context|above|previous|prior)/i,
  /\b(?:system prompt|new instructions?|jailbreak|developer mode|you are now an?\b|pretend (?:to|that))/i,
  /\b(?:summari[sz]er|AI (?:assistant|summar\w+)|(?:in|of|from) (?:the|your|this) summary)\b/i,
  /<\|?(?:im_start|system|assistant)|\[\/?INST\]|^#{2,} ?(?:instruction|system)|\bassistant ?:/im,
  /(?:忽略|无视|忘记|跳过|不要(?:理会|遵守|遵循))[^。\n]{0,20}(?:指令|指示|规则|要求|提示|以上|之前|上述|限制)/,
  /你现在是|请?扮演|系统提示|提示词|新的?指令|AI ?(?:助手|摘要)|在?摘要[中里]|摘要(?:应|必须|只)/,
];

/** What nobody asks of a notice's reader, and an engineer of anybody: to answer, in the words that follow. */
const REQUESTS = [
  /\b(?:repl(?:y|ies)|respond|answer|output|print|say|write|return)\b[^.\n]{0,40}(?:\bonly\b|\bexactly\b|\bverbatim\b|\bthe following\b|\bwith\b ?[:"“'])/i,
  /\b(?:repl(?:y|ies)|respond|answer|output|print|say|write|return)\b[^.:\n]{0,24}[:"“]/i,
  /(?:只|仅|直接|请|原样|必须)(?:输出|回复|回答|打印|返回|写)[^。\n]{0,16}[:“"「]/,
];

/**
 * Whether a text gives orders to whoever reads it for others.
 * @param text of anybody
 * @param isLetter of people to each other, who ask one another to reply
 */
export function givesOrders(text: string, isLetter = false): boolean {
  const plain = text.normalize('NFKC');
  return [...ORDERS, ...(isLetter ? [] : REQUESTS)].some((order) => order.test(plain));
}
