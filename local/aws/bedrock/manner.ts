import { ServiceError } from '../service-error';
import { draft, wantsDraft } from './draft';
import { extract, fenced, isChinese } from './extract';
import { gist, wantsGist } from './gist';

/** What a model is asked, as far as a scripted one cares. */
export interface ModelRequest {
  /** As the caller named it: an id, an inference profile's, or an ARN. */
  modelId: string;
  region: string;
  system: string;
  /** The texts of the last message. */
  text: string;
  maxTokens: number | undefined;
}

export interface ModelReply {
  text: string;
  /** Bedrock's `stopReason`; `end_turn` if absent. */
  stop?: string;
}

/** How the model behaves: it answers like this, never, or not with what a Converse answer looks like. */
export type ModelBehavior = (asked: ModelRequest) => ModelReply | 'hang' | 'garbage';

/** The language of the instructions is that of the answer. */
const chinese = ({ system }: ModelRequest): boolean => isChinese(system);
function good(asked: ModelRequest): string {
  const data = fenced(asked.text);
  if (wantsDraft(asked.system)) return draft(data, asked.system);
  return wantsGist(asked.system) ? gist(data, chinese(asked)) : extract(data, chinese(asked));
}
const and = (asked: ModelRequest, zh: string, en: string): ModelReply => ({
  text: good(asked) + (chinese(asked) ? zh : ` ${en}`),
});

/** Errors of the Converse API, with their HTTP status (Bedrock API Reference, "Converse"). */
const refuse =
  (code: string, status: number, message: string): ModelBehavior =>
  () => {
    throw new ServiceError(code, message, status);
  };

const DATES = /(?:[^，。,.]*(?:开始时间|Starts|Since)[^，。,]*[，,.。]?)|\d{4}-\d\d-\d\d[ T][\d:]+( UTC[+\d:]*)?/g;

/** Ways in which models are known to answer; `extractive` is the default. */
export const MODEL_BEHAVIORS = {
  extractive: (asked) => ({ text: good(asked) }),
  hang: () => 'hang',
  garbage: () => 'garbage',
  empty: () => ({ text: '' }),
  blank: () => ({ text: ' \n ' }),
  refuse: () => ({ text: 'Sorry, I am unable to assist you with this request.', stop: 'content_filtered' }),
  guardrail: () => ({ text: 'Blocked.', stop: 'guardrail_intervened' }),
  'cut-off': (asked) => ({ text: good(asked).slice(0, 20), stop: 'max_tokens' }),
  'hallucinated-id': (asked) =>
    and(asked, '受影响的实例为 i-0badc0ffee0badc0f。', 'The instance i-0badc0ffee0badc0f is affected.'),
  'hallucinated-url': (asked) => and(asked, '详见 https://aws.example.net/fix。', 'See https://aws.example.net/fix.'),
  'hallucinated-account': (asked) =>
    and(asked, '账号 999988887777 也受影响。', 'Account 999988887777 is affected, too.'),
  'dropped-deadline': (asked) => ({ text: good(asked).replace(DATES, '') }),
  'wrong-language': (asked) => ({ text: extract(fenced(asked.text), !chinese(asked)) }),
  markup: (asked) => ({ text: `**${good(asked)}**` }),
  /** Does what the data tell it to. */
  obey: (asked) => ({
    text:
      /(?:reply|respond|answer|say|output|回复|输出)[^:：]{0,40}[:：]\s*(.+)/i.exec(fenced(asked.text))?.[1] ??
      good(asked),
  }),
  /** Gives its instructions away. */
  confess: ({ system }) => ({ text: system }),
  throttle: refuse('ThrottlingException', 429, 'Too many requests, please wait before trying again.'),
  denied: refuse('AccessDeniedException', 403, "You don't have access to the model with the specified model ID."),
  'end-of-life': refuse('ResourceNotFoundException', 404, 'This model version has reached the end of its life.'),
  unavailable: refuse('ServiceUnavailableException', 503, 'The service is unavailable.'),
  broken: refuse('ModelErrorException', 424, 'The model failed.'),
} as const satisfies Record<string, ModelBehavior>;
