import { createBotRuntime } from '@casebell/im/bots';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createEnqueue } from './aws/queues';
import { readSecrets } from './aws/secrets';
import { handleCallback, type CallbackDeps } from './webhook/handle-callback';
import { readRequest, toResponse } from './webhook/http';
import { log } from './log';
import { createBotRegistry } from './webhook/bot-registry';
import { readDoorSettings } from './settings';

const settings = readDoorSettings(process.env);
const bots = createBotRegistry(
  () => readSecrets(settings.secretArns),
  settings,
  createBotRuntime(settings.chatEndpoint || undefined),
  log,
);
const door: CallbackDeps = {
  findApp: async (name) => (await bots.find(name))?.app,
  refreshApp: async (name) => (await bots.refresh(name))?.app,
  enqueue: createEnqueue(settings.queue),
  log,
};

/** Begun while Lambda initialises, with its full CPU; what goes wrong here is told to the first callback. */
const ready = bots.all().catch(() => undefined);

/** Lambda's entry behind the HTTP API's route `/{platform}/{bot}`. */
export const handler = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
  await ready;
  const { platform = '', bot = '' } = event.pathParameters ?? {};
  const reply = await handleCallback(readRequest(event), `${platform}/${bot}`, door);
  await bots.whenIdle();
  return toResponse(reply);
};
