import { type Input, optionalNumber, optionalRecord, parseRecord, requiredRecords, requiredText } from '../input';
import { invalid, ServiceError } from '../service-error';
import type { ModelReply, ModelRequest } from './behaviors';

const BLANK = 'The text field in the ContentBlock object is blank. Add text to the text field, and try again.';

/**
 * Parses a Converse request (Bedrock API Reference, "Converse"); text blocks only.
 * @throws ServiceError as Bedrock does for an invalid request
 */
export function parseConverse(body: string): Omit<ModelRequest, 'modelId' | 'region'> {
  const input = parseRecord(body);
  if (!input) throw new ServiceError('SerializationException', 'The request is not a JSON object.');
  const messages = requiredRecords(input, 'messages');
  const last = messages.at(-1);
  if (!last) throw invalid('At least one message is required.');
  if (messages[0]?.role !== 'user') throw invalid('A conversation must start with a user message.');
  const maxTokens = optionalNumber(optionalRecord(input, 'inferenceConfig') ?? {}, 'maxTokens');
  if (maxTokens !== undefined && maxTokens < 1)
    throw invalid("Value at 'inferenceConfig.maxTokens' must be at least 1.");
  const system = input.system === undefined ? '' : joinTexts(requiredRecords(input, 'system'));
  return { system, text: joinTexts(requiredRecords(last, 'content')), maxTokens };
}

function joinTexts(blocks: readonly Input[]): string {
  const texts = blocks.map((block) => requiredText(block, 'text'));
  if (texts.some((text) => text.trim() === '')) throw invalid(BLANK);
  return texts.join('\n');
}

/** Approximately four characters per token in English, and one in Chinese. */
const countTokens = (text: string): number => Math.ceil(Buffer.byteLength(text) / 3.5);

export function toConverseOutput(reply: ModelReply, { system, text }: ModelRequest, latencyMs: number): unknown {
  const [inputTokens, outputTokens] = [countTokens(system + text), countTokens(reply.text)];
  return {
    output: { message: { role: 'assistant', content: reply.text === '' ? [] : [{ text: reply.text }] } },
    stopReason: reply.stop ?? 'end_turn',
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
    metrics: { latencyMs: Math.round(latencyMs) },
  };
}
