import { createHash } from 'node:crypto';
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
  for (const heard of [bench.lines, bench.invoked, bench.answered]) heard.length = 0;
});

const urlOf = (one: Stack = stack): string => one.localUrl(one.outputs.CallbackUrl ?? '');

it.each([
  ['JSON with Chinese', 'application/json', Buffer.from('{"text":"开工单 \\u5de5 \\"严重\\""}')],
  [
    'a form',
    'application/x-www-form-urlencoded',
    Buffer.from('payload=%7B%22type%22%3A%22block%22%7D&text=%E9%92%9F+1'),
  ],
  ['bytes that are not text', 'application/octet-stream', Buffer.from([0, 255, 0xe9, 0x92, 10, 13, 128])],
])('passes the raw bytes of %s to the function', async (_name, type, body) => {
  const reply = await sendRequest(urlOf(), '/slack/ops', { headers: { 'Content-Type': type }, body });
  expect([reply.status, Object(reply.json()).digest]).toEqual([202, createHash('sha256').update(body).digest('hex')]);
});

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

it('localUrl() converts urls of the API and rejects others', () => {
  const real = stack.outputs.CallbackUrl ?? '';
  expect(stack.localUrl(`${real}/slack/ops?a=%20`)).toBe(`${urlOf()}/slack/ops?a=%20`);
  expect(urlOf()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(() => stack.localUrl('https://example.com/slack')).toThrow(
    'No API of the stack has the url https://example.com.',
  );
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

it('handles concurrent requests separately', async () => {
  const texts = Array.from({ length: 8 }, (_, index) => `{"第":${index}}`);
  const replies = await Promise.all(texts.map((body) => sendRequest(urlOf(), '/slack/ops', { body })));
  expect(replies.map(({ json }) => Object(json()).digest)).toEqual(
    texts.map((text) => createHash('sha256').update(text).digest('hex')),
  );
});

it('responds with 500 when the function is killed, and starts a new environment for the next request', async () => {
  const request = sendRequest(urlOf(), '/slack/slow');
  await until(() => bench.lines.includes('Callback: slow'));
  await stack.crash('Callback');
  expect((await request).status).toBe(500);
  expect((await sendRequest(urlOf(), '/slack/ops')).status).toBe(202);
});

it('throttles each route by the API’s settings', async () => {
  const throttled = await bench.start({
    overrides: { Api: { DefaultRouteSettings: { ThrottlingBurstLimit: 1, ThrottlingRateLimit: 0.01 } } },
  });
  const statuses = async (path: string) =>
    (await Promise.all([1, 2, 3].map(() => sendRequest(urlOf(throttled), path)))).map(({ status }) => status).sort();
  expect([await statuses('/rare'), await statuses('/slack/ops')]).toEqual([
    [202, 429, 429],
    [202, 429, 429],
  ]);
  await throttled.close();
});

it('reports latencies of each request, and cold starts', async () => {
  await stack.crash('Callback');
  for (const text of ['first', 'second']) await sendRequest(urlOf(), '/slack/ops', { body: text });
  expect(bench.invoked).toMatchObject([
    { source: 'Callback', event: { version: '2.0' }, invoked: { cold: true, initMs: expect.any(Number) } },
    { source: 'Callback', event: { version: '2.0' }, invoked: { cold: false, durationMs: expect.any(Number) } },
  ]);
  for (const [index, { source, answered }] of bench.answered.entries()) {
    const { event, invoked } = bench.invoked[index] ?? {};
    expect([source, answered.status]).toEqual(['Api', 202]);
    expect(answered.requestId).toBe(Object(event).requestContext.requestId);
    expect(answered.latencyMs).toBeGreaterThanOrEqual(answered.integrationLatencyMs ?? Number.NaN);
    expect(answered.integrationLatencyMs).toBeGreaterThanOrEqual(invoked?.durationMs ?? Number.NaN);
  }
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
