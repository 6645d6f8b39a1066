import { isVague } from './numerals';

/** What is no plain sentence: emphasis, code, headings, lists, tables, tags, entities, JSON, and what nobody can see. */
const MARKUP = [
  /\*\*|__|~~|```|`|\]\(|!\[|&(?:[a-z]+|#\d+);/i,
  /<\/?[a-z!@#|/]|[|{}[\]\\]|\*/i,
  /^\s*(?:#{1,6}\s|>|[-+•·]\s|\d{1,2}[.)、]\s)/m,
  /#(?=\p{L})|(?<!\w):[a-z_]+:(?!\w)/iu,
  /[^\P{C}\n\t]|\p{Emoji_Presentation}|\ufe0f/u,
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

/** What soothes, in both languages; whoever says so must have read it, or something of its kind. */
const SOOTHING: Readonly<Record<string, readonly RegExp[]>> = {
  'nothing has to be done': [
    /\bno (?:\w+ ){0,3}actions?\b|\bno (?:\w+ ){0,2}(?:response|reply|follow-?up|intervention) (?:is |are )?(?:needed|required|necessary)\b|\bno need (?:to|for)\b|\b(?:need not|needn['’]t)\b|\bunnecessary\b/i,
    /\b(?:do(?:es)? not|don['’]t|doesn['’]t) (?:need|have) to\b|\bnot (?:necessary|needed|required) to\b|\bnothing (?:\w+ ){0,2}(?:needs|(?:has )?to be done|to (?:do|fix))\b/i,
    /(?:无需|不需要|不用|不必|无须|毋须|没有?必要|用不着)[^，。]{0,8}(?:操作|处理|处置|行动|措施|理会|理睬|关注|介入|干预|回复|修复|做|管)/,
  ],
  'it may be ignored': [
    /\b(?:can|may|should) (?:safely )?(?:be )?(?:ignored?|disregard(?:ed)?|dismiss(?:ed)?|relax)\b|\b(?:ignore|disregard|dismiss) (?:this|it|the)\b|\bsafe to ignore\b|\brest assured\b|\b(?:do not|don['’]t|no) (?:\w+ )?(?:worry|panic|concern|cause for)\b/i,
    /\bfalse (?:alarm|positive)s?\b|\bharmless\b|\bnothing to (?:worry|see)\b/i,
    /(?:可以|可|请)(?:直接|放心|安全地?)?(?:忽略|无视|不理)|(?:忽略|无视)即可|误报|误判|放心|安心|虚惊|(?:不用|不必|无需|无须|别)[^，。]{0,4}(?:担心|担忧|紧张|惊慌|在意)|没有?(?:大碍|什么问题|危险)|无(?:大碍|碍|虞)(?!物)/,
  ],
  'it is as it should be': [
    /(?<!\b(?:whether|if|unless|not|confirm|verify|check|ensure)\b[^.]{0,40})\b(?:benign|legitimate|expected (?:behaviou?r|activity)|authori[sz]ed (?:\w+ ){0,2}(?:activity|access|test|scan|pen)|(?:penetration|pen|security|load) test(?:ing)?)\b/i,
    /(?<!是否|若非|如非|除非|不|否)(?:属于|属|系|是|为)[^，。]{0,4}(?:正常|合法|授权|预期|例行|已知)|渗透测试|安全测试|演练/,
  ],
  'it is over': [
    /(?<!(?:\b(?:can)?not|n['’]t|\b(?:never|unable|fail\w*|until|once|if|whether|when|before|after))\b[^.]{0,24})\b(?:resolved|recovered|restored|closed|completed|mitigated|subsided|remediated|rectified|sorted out|taken care of|under control|in the clear|back (?:to normal|online|up|in service)|(?:is|are|now|went|fell|came|come|gone) back (?:within|below|under)|stabili[sz]ed|(?:is|are|was|were|been|now|already) (?:now |already |fully )?(?:fixed|stable|handled|contained|over(?= ?(?:[.,;!]|now|$))))\b/i,
    /\b(?:operat\w+|work\w*|runn\w+|run) (?:normally|smoothly|fine)\b|\bblown over\b|\bstand down\b|\b(?:business|working|running) as usual\b|\ball (?:systems|services|clear|good|is well)\b|\bnormal (?:operations?|service|levels)\b/i,
    /(?<!是否|未|没有?|尚|直到|如果|一旦|确认[^，。]{0,12})(?:已(?:经)?|均|现)(?:全部|完全|得到|由[^，。]{0,8})?(?:妥善)?(?:恢复|解决|修复|关闭|结束|完成|缓解|解除|排除|处理|处置|控制|平息|消除|回落|稳定|稳住|搞定)/,
    /(?<!是否|未|没有?|尚|不|确认[^，。]{0,12})(?:恢复正常|(?:警报|告警|风险|故障)(?:已经?)?(?:解除|消除|平息)|得到(?:妥善|有效)?(?:处理|处置|控制|解决)|回归(?:正常|平稳)|趋于(?:正常|平稳|稳定)|一切(?:正常|如常|平稳)|完成(?:修复|恢复|处理|处置)|已经?过去(?![的了]?\d)|照常|(?:运行|服务|业务)(?:正常|平稳|如常)|不复存在|告一段落|尘埃落定)/,
  ],
};

const some = (patterns: readonly RegExp[], text: string): boolean => patterns.some((pattern) => pattern.test(text));

export const hasMarkup = (text: string): boolean => some(MARKUP, text);
export const talks = (text: string): boolean => some(TALK, text);
/** Whether a text soothes where the other does not. */
export const soothes = (said: string, known: string): boolean =>
  Object.values(SOOTHING).some((kind) => some(kind, said) && !some(kind, known));

/** Days that depend on the day of writing: the same one has to be meant. */
const RELATIVE: readonly RegExp[] = [
  /\b(?:today|tonight|this (?:morning|afternoon|evening))\b|今[天日早晚晨]/i,
  /\btomorrow\b|明[天日早晚晨]/i,
  /\b(?:yesterday|last (?:night|evening))\b|昨[天日早晚晨夜]/i,
  /\bday before yesterday\b|前[天晚](?!后)/i,
  /\bday after tomorrow\b|后天/i,
  /\bnext week\b|下个?(?:周|星期)/i,
  /\blast week\b|上个?(?:周|星期)/i,
  /\bthis week\b|[本这]个?(?:周|星期)/i,
  /\bnext month\b|下个?月/i,
  /\blast month\b|上个?月/i,
  /\bthis month\b|[本这]个?月(?!内)/i,
  /\bnext year\b|明年/i,
  /\blast year\b|去年/i,
  /\bthis year\b|今年/i,
];
const WEEKDAYS: readonly RegExp[] = [
  ['mon', '一'],
  ['tue', '二'],
  ['wed', '三'],
  ['thu', '四'],
  ['fri', '五'],
  ['sat', '六'],
  ['sun', '[日天]'],
].map(([en, zh]) => new RegExp(`\\b${en}(?:\\b|[a-z]{0,6}day\\b)|(?:星期|周)${zh}`, 'i'));

/** Digits that no `\d` finds. */
const FOREIGN_DIGIT = /[^\P{Nd}0-9]/u;

/** Whether a text has numbers that cannot be compared, and the other has none. */
export const strangeCount = (said: string, known: string): boolean =>
  FOREIGN_DIGIT.test(said) || (isVague(said) && !isVague(known));

/** Whether a text names a day in words that the other does not have. */
export const strangeDay = (said: string, known: string): boolean =>
  [...RELATIVE, ...WEEKDAYS].some((day) => day.test(said) && !day.test(known));
