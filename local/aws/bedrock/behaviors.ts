import { ServiceError } from '../service-error';

export interface ModelRequest {
  /** As the caller named it: a model id, an inference profile's id, or an ARN. */
  modelId: string;
  region: string;
  system: string;
  /** The text blocks of the last message. */
  text: string;
  maxTokens: number | undefined;
}

export interface ModelReply {
  text: string;
  /** Bedrock's `stopReason`; `end_turn` by default. */
  stop?: string;
}

/** A model answers, does not answer (`hang`), or answers with truncated JSON (`garbage`). */
export type ModelBehavior = (request: ModelRequest) => ModelReply | 'hang' | 'garbage';

/** The answer has the language of the instructions. */
const inChinese = ({ system }: ModelRequest): boolean => isChinese(system);

function goodAnswer(request: ModelRequest): string {
  const data = fencedData(request.text);
  if (isDraftPrompt(request.system)) return draftCase(data, request.system);
  const summarize = isReplySummaryPrompt(request.system) ? summarizeReply : summarizeCard;
  return summarize(data, inChinese(request));
}

/** A good answer with one more sentence. */
const withSentence =
  (zh: string, en: string): ModelBehavior =>
  (request) => ({ text: goodAnswer(request) + (inChinese(request) ? zh : ` ${en}`) });

/** Errors of the Converse API with their HTTP status (Bedrock API Reference, "Converse"). */
const fail =
  (code: string, status: number, message: string): ModelBehavior =>
  () => {
    throw new ServiceError(code, message, status);
  };

const reply =
  (text: string, stop?: string): ModelBehavior =>
  () => ({ text, stop });

const DATES = /(?:[^，。,.]*(?:开始时间|Starts|Since)[^，。,]*[，,.。]?)|\d{4}-\d\d-\d\d[ T][\d:]+( UTC[+\d:]*)?/g;
const ORDER = /(?:reply|respond|answer|say|output|回复|输出)[^:：]{0,40}[:：]\s*(.+)/i;

/** Known behaviors of models; `extractive` is the default. */
export const MODEL_BEHAVIORS = {
  extractive: (request) => ({ text: goodAnswer(request) }),
  hang: () => 'hang',
  garbage: () => 'garbage',
  empty: reply(''),
  blank: reply(' \n '),
  refuse: reply('Sorry, I am unable to assist you with this request.', 'content_filtered'),
  guardrail: reply('Blocked.', 'guardrail_intervened'),
  'cut-off': (request) => ({ text: goodAnswer(request).slice(0, 20), stop: 'max_tokens' }),
  'hallucinated-id': withSentence(
    '受影响的实例为 i-0badc0ffee0badc0f。',
    'The instance i-0badc0ffee0badc0f is affected.',
  ),
  'hallucinated-url': withSentence('详见 https://aws.example.net/fix。', 'See https://aws.example.net/fix.'),
  'hallucinated-account': withSentence('账号 999988887777 也受影响。', 'Account 999988887777 is affected, too.'),
  'dropped-deadline': (request) => ({ text: goodAnswer(request).replace(DATES, '') }),
  'wrong-language': (request) => ({ text: summarizeCard(fencedData(request.text), !inChinese(request)) }),
  markup: (request) => ({ text: `**${goodAnswer(request)}**` }),
  /** Follows an order in the data. */
  obey: (request) => ({ text: ORDER.exec(fencedData(request.text))?.[1] ?? goodAnswer(request) }),
  /** Discloses its instructions. */
  confess: ({ system }) => ({ text: system }),
  throttle: fail('ThrottlingException', 429, 'Too many requests, please wait before trying again.'),
  denied: fail('AccessDeniedException', 403, "You don't have access to the model with the specified model ID."),
  'end-of-life': fail('ResourceNotFoundException', 404, 'This model version has reached the end of its life.'),
  unavailable: fail('ServiceUnavailableException', 503, 'The service is unavailable.'),
  broken: fail('ModelErrorException', 424, 'The model failed.'),
} as const satisfies Record<string, ModelBehavior>;

/** Data that an application has fenced off from its instructions. */
const FENCED = /<(data-\w+)>\n([\s\S]*)\n<\/\1>/;
/** Facts that a summary repeats unchanged. */
const FACTS: readonly RegExp[] = [/^(开始时间|Starts|Since): /, /^(账号|Account): /, /^(区域|Region): /];
const MAX_SENTENCE_LENGTH = 200;

const fencedData = (text: string): string => FENCED.exec(text)?.[2] ?? text;

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

const isPlainText = (line: string): boolean => !/[<>[\]*`{}|@]|https?:/.test(line);

/** A summary of a card: title, times, account, Region, and the first sentence in the requested language. */
function summarizeCard(data: string, inChinese: boolean): string {
  const lines = data.split('\n').map((line) => line.trim());
  const [title = '', ...others] = lines;
  const facts = FACTS.flatMap((label) => others.find((line) => label.test(line)) ?? []);
  const sentence = others
    .filter((line) => !/^[^\s:]{1,20}: /.test(line) && isPlainText(line))
    .flatMap((line) => line.split(inChinese ? /(?<=[。！？])/ : /(?<=[.!?])\s+/))
    .find((text) => text.length > 15 && text.length < MAX_SENTENCE_LENGTH && isChinese(text) === inChinese);
  const parts = [title.replace(/^[^\p{L}\p{N}]+/u, ''), ...facts.map((fact) => fact.replace(': ', ' '))];
  if (inChinese) return `AWS 通知了以下事件：${parts.join('，')}。${sentence ?? ''}`;
  return [`This is about ${parts.join(', ')}.`, sentence].filter(Boolean).join(' ');
}

const isReplySummaryPrompt = (system: string): boolean => /不超过两行|in two lines at most/.test(system);

const RESOURCE_OR_REGION = /\b(?:i|vol|eni|subnet|vpc|sg|db)-[\w-]*\d[\w-]*|\b[a-z]{2}(?:-[a-z]+)+-\d\b/g;
const DATE =
  /\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d)?|(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}/g;

/** A summary of an engineer's reply: the resources and dates that it names. */
function summarizeReply(data: string, inChinese: boolean): string {
  const names = [...new Set([...(data.match(RESOURCE_OR_REGION) ?? []), ...(data.match(DATE) ?? [])])];
  if (inChinese)
    return `AWS 支持工程师已回复并给出了分析${names.length ? `，提到了 ${names.join('、')}` : ''}。\n详细说明和需要我方配合的内容见下方原文。`;
  return `The engineer of AWS has answered with an analysis${names.length ? ` that names ${names.join(', ')}` : ''}.\nThe details and what is asked of us are in the original below.`;
}

const isDraftPrompt = (system: string): boolean => /^subject: /m.test(system) && /^service: /m.test(system);

const RESOURCE = /\b(?:i|vol|eni|subnet|vpc|sg|db|arn)[-:][\w:/-]*\d[\w:/-]*/g;
const REGION = /\b[a-z]{2}(?:-[a-z]+)+-\d\b/;
const TIME = /\d{4}-\d\d-\d\d[ T][\d:]+(?: ?\([^)]*\))?|(?:今天|昨天)?\d{1,2}:\d{2}(?: ?\([^)]*\))?/;
const IMPACT = /[^。！？.!?\n]*(?:业务|用户|客户|订单|客戶|customers?|users?|orders?|business)[^。！？.!?\n]*/i;

/** A case draft: the first sentence, patterns that look like a time, an id or a Region, and a service from the list. */
function draftCase(data: string, system: string): string {
  const text = data.trim();
  const [service, category] = chooseService(text, system);
  const [sentence = text] = text.split(/(?<=[。！？!?])|(?<=\.)\s|\n/);
  const lines = {
    subject: sentence.replace(/[。.]$/, '').slice(0, 80),
    service,
    category,
    severity: /生产|production/i.test(text) ? 'urgent' : 'normal',
    type: /账单|发票|bill/i.test(text) ? 'customer-service' : 'technical',
    time: TIME.exec(text)?.[0].trim(),
    resources: text.match(RESOURCE)?.join(', '),
    region: REGION.exec(text)?.[0],
    symptoms: text.replace(/\s+/g, ' ').slice(0, 200),
    impact: IMPACT.exec(text)?.[0].trim(),
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}: ${value || '-'}`)
    .join('\n');
}

/** The first service of the prompt's list whose name shares a word with the text; the first of all otherwise. */
function chooseService(text: string, system: string): [service: string, category: string] {
  const list = [...system.matchAll(/^([\w-]+) \((.*)\): (.*)$/gm)].map(([, code = '', name = '', categories = '']) => {
    return { code, name, categories: categories.split(', ') };
  });
  const lower = text.toLowerCase();
  const named = list.find(({ name }) =>
    name.split(/[^\w]+/).some((part) => part.length > 2 && lower.includes(part.toLowerCase())),
  );
  const { code = '-', categories = [] } = named ?? list[0] ?? {};
  const general = categories.find((category) => category.includes('other') || category.includes('general'));
  return [code, general ?? categories[0] ?? '-'];
}
