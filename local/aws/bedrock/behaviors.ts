import { ServiceError } from '../service-error';
import {
  draftCase,
  fencedData,
  isChinese,
  isDraftPrompt,
  isReplySummaryPrompt,
  summarizeCard,
  summarizeReply,
} from './answers';

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
