import { type CallbackReply, type CallbackRequest, createBotRuntime } from '@casebell/im/bots';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createLog } from '../shared/log';
import { readSecret } from '../shared/secrets';
import { readSettings } from '../shared/settings';
import { createEnqueue } from './aws/queues';
import { createBotRegistry } from './webhook/bot-registry';
import { type CallbackDeps, handleCallback } from './webhook/handle-callback';

const log = createLog('case-bot');
const settings = readSettings('callback', process.env, log);
const bots = createBotRegistry(
  () => Promise.all(settings.botSecretArns.map(readSecret)),
  settings,
  createBotRuntime(settings.chatEndpoint || undefined),
  log,
);
const deps: CallbackDeps = {
  findApp: async (bot) => (await bots.find(bot))?.app,
  refreshApp: async (bot) => (await bots.refresh(bot))?.app,
  enqueue: createEnqueue(settings.caseQueueUrl),
  log,
};

/** Started while Lambda initializes, with full CPU. An error here is thrown again at the first callback. */
const ready = bots.all().catch(() => undefined);

/** Lambda handler of the HTTP API's route `/{platform}/{bot}`. */
export const handler = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
  await ready;
  const { platform = '', bot = '' } = event.pathParameters ?? {};
  const reply = await handleCallback(toCallbackRequest(event), `${platform}/${bot}`, deps);
  await bots.whenIdle();
  return toResponse(reply);
};

/** Keeps the exact bytes of the body (API Gateway Developer Guide, payload format 2.0: header names in lower case). */
function toCallbackRequest(event: APIGatewayProxyEventV2): CallbackRequest {
  const headers = Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value ?? '']);
  return {
    method: event.requestContext.http.method,
    headers: Object.fromEntries(headers),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
  };
}

function toResponse({ status, body }: CallbackReply): APIGatewayProxyStructuredResultV2 {
  if (body === undefined) return { statusCode: status };
  const isText = typeof body === 'string';
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  return { statusCode: status, headers: { 'content-type': type }, body: isText ? body : JSON.stringify(body) };
}
