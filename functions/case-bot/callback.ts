import { createBotRuntime } from '@casebell/im/bots';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createLog } from '../shared/log';
import { readSecret } from '../shared/secrets';
import { readSettings } from '../shared/settings';
import { openPost } from './aws/queue';
import { answer, type Door } from './door';
import { readRequest, toResponse } from './http';
import { openBots } from './open-bots';

const log = createLog('case-bot');
const settings = readSettings('callback', process.env, log);
const bots = openBots(
  () => Promise.all(settings.botSecretArns.map(readSecret)),
  settings,
  createBotRuntime(settings.chatEndpoint || undefined),
  log,
);
const door: Door = {
  appOf: async (name) => (await bots.find(name))?.app,
  renewedApp: async (name) => (await bots.renewed(name))?.app,
  post: openPost(settings.caseQueueUrl),
  log,
};

/** Begun while Lambda initialises, with its full CPU; what goes wrong here is told to the first callback. */
const ready = bots.all().catch(() => undefined);

/** Lambda's entry behind the HTTP API's route `/{platform}/{bot}`. */
export const handler = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
  await ready;
  const { platform = '', bot = '' } = event.pathParameters ?? {};
  const reply = await answer(readRequest(event), `${platform}/${bot}`, door);
  await bots.settled();
  return toResponse(reply);
};
