import { sendRequest } from '../http-api/test-api.fixture';
import { openTestBot, type TestBot, until } from './bot.fixture';
import type { Stack } from './start-stack';

let bench: TestBot;
let stack: Stack;

beforeAll(async () => {
  bench = await openTestBot();
  stack = await bench.start();
});

afterAll(async () => {
  await stack.close();
  await bench.close();
});

beforeEach(() => {
  bench.lines.length = 0;
});

const urlOf = (one: Stack = stack): string => one.localUrl(one.outputs.CallbackUrl ?? '');

it('passes the API’s own url and id to the function, as in AWS', async () => {
  const { json } = await sendRequest(urlOf(), '/%E9%A3%9E%E4%B9%A6/a%20b', { headers: { 'X-Two': ['1', '2'] } });
  const { ref: apiId = '' } = stack.resources.Api ?? {};
  expect(apiId).toMatch(/^[a-z0-9]{10}$/);
  expect(stack.outputs.CallbackUrl).toBe(`https://${apiId}.execute-api.us-east-1.amazonaws.com`);
  expect(stack.resources.Api?.attributes).toEqual({ ApiId: apiId, ApiEndpoint: stack.outputs.CallbackUrl });
  expect(Object(json()).event).toMatchObject({
    routeKey: 'POST /{platform}/{bot}',
    pathParameters: { platform: '飞书', bot: 'a b' },
    headers: { 'x-two': '1,2', host: `${apiId}.execute-api.us-east-1.amazonaws.com` },
    requestContext: { accountId: bench.aws.account, apiId, stage: '$default' },
  });
});

it.each([
  ['/slack/broken', 500, 'Internal Server Error', 'POST /{platform}/{bot}: 500, the function failed: Error'],
  ['/slack/gone', 500, 'Internal Server Error', 'POST /{platform}/{bot}: 500, the function failed: Runtime.ExitError'],
  [
    '/slack/slow',
    503,
    'Service Unavailable',
    'POST /{platform}/{bot}: 503, the function took longer than TimeoutInMillis',
  ],
  ['/slack', 404, 'Not Found', 'a request: 404, no route matches'],
])('responds to %s with %d and logs the reason', async (path, status, message, line) => {
  const reply = await sendRequest(urlOf(), path);
  expect([reply.status, reply.json()]).toEqual([status, { message }]);
  expect(bench.lines.filter((one) => one.startsWith('Api'))).toEqual([`Api: ${line}`]);
  await stack.idle();
});

it('responds with 500 when the function is killed, and starts a new environment for the next request', async () => {
  const request = sendRequest(urlOf(), '/slack/slow');
  await until(() => bench.lines.includes('Callback: slow'));
  await stack.crash('Callback');
  expect((await request).status).toBe(500);
  expect((await sendRequest(urlOf(), '/slack/ops')).status).toBe(202);
});

it.each([
  [{ Api: { CorsConfiguration: true } }, 'Api (AWS::Serverless::HttpApi): CorsConfiguration: not supported'],
  [{ Api: { Auth: { DefaultAuthorizer: 'x' } } }, 'Api (AWS::Serverless::HttpApi): Auth: not supported'],
  [{ Callback: { Events: { Chat: { Properties: { Auth: {} } } } } }, 'Callback (AWS::Serverless::Function): Auth: not'],
  [{ Callback: { Events: { Chat: { Properties: { PayloadFormatVersion: '1.0' } } } } }, 'must be "2.0"'],
  [{ Callback: { Events: { Chat: { Properties: { TimeoutInMillis: 30_001 } } } } }, 'must be from 50 to 30000'],
  [{ Callback: { Events: { Chat: { Properties: { ApiId: 'other' } } } } }, 'ApiId is not the id of an HTTP API'],
  [
    { Callback: { Events: { Rare: { Properties: { Path: '/{a}/{b}', Method: 'post' } } } } },
    'There is already a route',
  ],
  [{ Api: { DefaultRouteSettings: { ThrottlingBurst: 1 } } }, 'ThrottlingBurst: not supported by the local stack'],
])('rejects %j', async (overrides, words) => {
  await expect(bench.start({ overrides })).rejects.toThrow(words);
});
