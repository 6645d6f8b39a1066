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
const door: CallbackDeps = {
  findApp: async (name) => (await bots.find(name))?.app,
  refreshApp: async (name) => (await bots.refresh(name))?.app,
  enqueue: createEnqueue(settings.caseQueueUrl),
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

/** The request as it came in, byte for byte (API Gateway Developer Guide, payload format 2.0: header names in lower case). */
export function readRequest({
  headers,
  body = '',
  isBase64Encoded,
  requestContext,
}: APIGatewayProxyEventV2): CallbackRequest {
  const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value ?? '']);
  return {
    method: requestContext.http.method,
    headers: Object.fromEntries(given),
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}

export function toResponse({ status, body }: CallbackReply): APIGatewayProxyStructuredResultV2 {
  if (body === undefined) return { statusCode: status };
  const isText = typeof body === 'string';
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  return { statusCode: status, headers: { 'content-type': type }, body: isText ? body : JSON.stringify(body) };
}
