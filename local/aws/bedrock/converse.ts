import { type Input, optionalNumber, optionalRecord, parseRecord, requiredRecords, requiredText } from '../input';
import { invalid, ServiceError } from '../service-error';
import type { ModelReply, ModelRequest } from './manner';

const BLANK = 'The text field in the ContentBlock object is blank. Add text to the text field, and try again.';

/** What a Converse request says (Bedrock API Reference, "Converse"): texts only. Throws the errors that Bedrock refuses others with. */
export function read(body: string): Omit<ModelRequest, 'modelId' | 'region'> {
  const input = parseRecord(body);
  if (!input) throw new ServiceError('SerializationException', 'The request is not a JSON object.');
  const messages = requiredRecords(input, 'messages');
  const last = messages.at(-1);
  if (!last) throw invalid('At least one message is required.');
  if (messages[0]?.role !== 'user') throw invalid('A conversation must start with a user message.');
  const maxTokens = optionalNumber(optionalRecord(input, 'inferenceConfig') ?? {}, 'maxTokens');
  if (maxTokens !== undefined && maxTokens < 1)
    throw invalid("Value at 'inferenceConfig.maxTokens' must be at least 1.");
  const system = input.system === undefined ? '' : textsOf(requiredRecords(input, 'system'));
  return { system, text: textsOf(requiredRecords(last, 'content')), maxTokens };
}

function textsOf(blocks: readonly Input[]): string {
  const texts = blocks.map((block) => requiredText(block, 'text'));
  if (texts.some((one) => one.trim() === '')) throw invalid(BLANK);
  return texts.join('\n');
}

/** About four letters make a token of English, and one a token of Chinese. */
const tokensOf = (words: string): number => Math.ceil(Buffer.byteLength(words) / 3.5);

/** What Converse answers with. */
export function written(
  { text: said, stop = 'end_turn' }: ModelReply,
  { system, text: asked }: ModelRequest,
  ms: number,
): unknown {
  const [inputTokens, outputTokens] = [tokensOf(system + asked), tokensOf(said)];
  return {
    output: { message: { role: 'assistant', content: said === '' ? [] : [{ text: said }] } },
    stopReason: stop,
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
    metrics: { latencyMs: Math.round(ms) },
  };
}
