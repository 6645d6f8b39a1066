import {
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  ConverseCommand,
  type ConverseCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import type { Model } from '@casebell/im/webhooks';

/** Where the model is. */
export interface Place {
  /** Of a foundation model or an inference profile, or the ARN of either. */
  id: string;
  region: string;
}

/**
 * A model over Bedrock's Converse API. One retry: there is no time for more. Not every model takes a temperature (newer ones of
 * Anthropic refuse it); Nova does, and is the most literal at 0.
 * @param config where a process is told nothing by its environment
 */
export function createBedrockModel({ id, region }: Place, config: BedrockRuntimeClientConfig = {}): Model {
  const client = new BedrockRuntimeClient({ region, maxAttempts: 2, ...config });
  const literal = /amazon\.nova/.test(id) ? { temperature: 0 } : {};
  return {
    async ask({ system, text, maxTokens }, abortSignal) {
      const command = new ConverseCommand({
        modelId: id,
        system: [{ text: system }],
        messages: [{ role: 'user', content: [{ text }] }],
        inferenceConfig: { maxTokens, ...literal },
      });
      return said(await client.send(command, { abortSignal }));
    },
  };
}

/** An answer may begin with a block of reasoning, which is nobody's business. */
const said = ({ output, stopReason, usage }: ConverseCommandOutput) => ({
  text: (output?.message?.content ?? []).map(({ text = '' }) => text).join(''),
  stop: stopReason ?? '',
  tokens: usage?.totalTokens ?? 0,
});
