import {
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  ConverseCommand,
  type ConverseCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import type { Model, ModelResponse } from './ask-model';

/**
 * A model behind Bedrock's Converse API. One retry: there is no time for more. Not every model takes a temperature (newer ones of
 * Anthropic reject it); Nova does, and is the most literal at 0.
 * @param id of a foundation model or an inference profile, or the ARN of either
 * @param config where no environment variables configure the client
 */
export function createBedrockModel(
  { id, region }: { id: string; region: string },
  config: BedrockRuntimeClientConfig = {},
): Model {
  const client = new BedrockRuntimeClient({ region, maxAttempts: 2, ...config });
  const temperature = /amazon\.nova/.test(id) ? { temperature: 0 } : {};
  return {
    async ask({ system, text, maxTokens }, abortSignal) {
      const command = new ConverseCommand({
        modelId: id,
        system: [{ text: system }],
        messages: [{ role: 'user', content: [{ text }] }],
        inferenceConfig: { maxTokens, ...temperature },
      });
      return toResponse(await client.send(command, { abortSignal }));
    },
  };
}

/** An answer may begin with a block of reasoning, which is left out. */
const toResponse = ({ output, stopReason, usage }: ConverseCommandOutput): ModelResponse => ({
  text: (output?.message?.content ?? []).map(({ text = '' }) => text).join(''),
  stopReason: stopReason ?? '',
  tokens: usage?.totalTokens ?? 0,
});
