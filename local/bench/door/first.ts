import { resolve } from 'node:path';
import { type Application, startApplication } from '../../application';
import { createCallbackTemplates } from '../../chat/platforms';
import { type ColdCost, costOf } from '../cold-start';

/** What a cold start of the door costs: until it is ready, and until a first callback, which its platform encrypted, is answered. */
export async function firstCallbacks(): Promise<ColdCost> {
  const application = await startApplication({ port: 0, parameters: {}, log: () => undefined });
  const handler = resolve('dist/functions/case-bot/callback.js');
  const cost = await costOf({ handler, environment: variables(application), event: eventNow(), pace: 0 });
  await application.close();
  return cost;
}

/** One message again and again: SQS, too, is asked each time. */
function eventNow(): string {
  const [at, kind] = [Date.now(), createCallbackTemplates().feishu?.templates.text];
  if (!kind) throw new Error('Nobody writes texts.');
  return JSON.stringify({
    ...kind.sign(kind.build(1, at), at),
    pathParameters: { platform: 'feishu', bot: 'main' },
    requestContext: { http: { method: 'POST' } },
    isBase64Encoded: false,
  });
}

function variables({ aws, stack, chats }: Application): NodeJS.ProcessEnv {
  const ref = (id: string): string => stack.resources[id]?.ref ?? '';
  return {
    ...aws.env,
    CHAT_ENDPOINT_URL: chats.url,
    BOTS_SECRET_ARNS: ref('BotSecretStore'),
    CASE_QUEUE_URL: ref('CaseQueue'),
    NODE_PATH: resolve('dist/layers/im/nodejs/node_modules'),
  };
}
