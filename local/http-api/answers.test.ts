import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClock } from '../clock';
import { openTestApi, sendRequest, type TestApi } from './test-api.fixture';

const MB = 1024 * 1024;
let api: TestApi;

beforeEach(async () => {
  api = await openTestApi();
});

afterEach(() => api.close());

const answering = (payload: unknown) => api.route('$default', { invoke: async () => ({ payload }) });

it('answers as the function says', async () => {
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'x-attempt': 2 };
  answering({ statusCode: 201, headers, cookies: ['a=1; Secure', 'b=2'], body: '{"challenge":"钟"}' });
  const reply = await sendRequest(api.url, '/');
  expect([reply.status, reply.text]).toEqual([201, '{"challenge":"钟"}']);
  expect(reply.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'x-attempt': '2',
    'set-cookie': ['a=1; Secure', 'b=2'],
    'apigw-requestid': api.answered[0]?.requestId,
  });
});

it('answers with the bytes behind base64', async () => {
  answering({ statusCode: 200, body: Buffer.from([0, 255, 128]).toString('base64'), isBase64Encoded: true });
  expect((await sendRequest(api.url, '/')).body).toEqual(Buffer.from([0, 255, 128]));
});

it.each([
  [{ challenge: '钟' }, '{"challenge":"钟"}'],
  ['hello', 'hello'],
  [[1, 2], '[1,2]'],
  [null, 'null'],
  [undefined, 'null'],
])('takes %j without a status for the body of a 200', async (payload, text) => {
  answering(payload);
  const reply = await sendRequest(api.url, '/');
  expect([reply.status, reply.headers['content-type'], reply.text]).toEqual([200, 'application/json', text]);
});

it.each([
  ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
  ['a status that is none', { statusCode: 'ok' }],
  ['a header with two lines', { statusCode: 200, headers: { 'x-a': 'b\r\nx-c: d' } }],
  ['a header that is a list', { statusCode: 200, headers: { 'x-a': ['b'] } }],
  ['over 6 MB', { statusCode: 200, body: 'x'.repeat(6 * MB) }],
])('takes %s in an answer for an error of the function', async (_name, payload) => {
  answering(payload);
  const reply = await sendRequest(api.url, '/');
  expect([reply.status, reply.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  expect(api.answered[0]?.reason).toBe("the function's answer is not of format 2.0");
});

it('tells the client nothing of an error, and the log no more than its type', async () => {
  const payload = { errorType: 'TypeError', errorMessage: 'the token is xoxb-1' };
  api.route('GET /fails', { invoke: async () => ({ payload, functionError: 'Unhandled' }) });
  api.route('GET /throws', { invoke: () => Promise.reject(new Error('the token is xoxb-1')) });
  for (const path of ['/fails', '/throws']) {
    const reply = await sendRequest(api.url, path, { method: 'GET' });
    expect([reply.status, reply.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  }
  const reasons = api.answered.map(({ reason }) => reason);
  expect(reasons).toEqual(['the function failed: TypeError', 'the function failed: Unavailable']);
});

it('waits no longer than the route says, and is busy until the function has ended', async () => {
  const invoke = async () => sleep(300, { payload: 'late' });
  api.route('$default', { timeoutMs: 100, invoke });
  const reply = await sendRequest(api.url, '/');
  expect([reply.status, reply.json()]).toEqual([503, { message: 'Service Unavailable' }]);
  expect(api.answered[0]?.integrationLatencyMs).toBeLessThan(290);
  expect(api.isBusy()).toBe(true);
  await sleep(300);
  expect(api.isBusy()).toBe(false);
});

it('takes 10 MB and no more, and no more of an event than Lambda does', async () => {
  let events = 0;
  api.route('$default', { invoke: async () => ({ payload: ++events }) });
  const text = { 'Content-Type': 'text/plain' };
  for (const size of [10 * MB + 1, 10 * MB, 6 * MB]) {
    const reply = await sendRequest(api.url, '/', { headers: text, body: Buffer.alloc(size, 'a') });
    expect([reply.status, reply.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  }
  const reasons = api.answered.map(({ reason }) => reason);
  expect(reasons).toEqual(['a body over 10 MB', ...Array(2).fill("over Lambda's 6 MB as an event")]);
  expect(events).toBe(0);
  expect((await sendRequest(api.url, '/', { headers: text, body: Buffer.alloc(6 * MB - 2000, 'a') })).status).toBe(200);
  expect((await sendRequest(api.url, '/', { body: Buffer.alloc(4.6 * MB) })).status).toBe(413);
});

it('asks no function about a request that breaks off, and goes on with the next', async () => {
  let events = 0;
  api.route('$default', { invoke: async () => ({ payload: ++events }) });
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"half":');
  await sleep(50);
  socket.destroy();
  await once(socket, 'close');
  expect((await sendRequest(api.url, '/')).text).toBe('1');
  expect(api.answered).toHaveLength(1);
});

it('takes no more of request line and headers than API Gateway does', async () => {
  answering('ok');
  expect((await sendRequest(api.url, '/', { headers: { 'x-long': 'a'.repeat(10_000) } })).status).toBe(200);
  expect((await sendRequest(api.url, '/', { headers: { 'x-long': 'a'.repeat(10_240) } })).status).toBe(431);
});

it('throttles each route by itself, at the rate of the clock', async () => {
  let now = 0;
  await api.close();
  api = await openTestApi({ clock: createClock({ real: () => now }) });
  for (const key of ['GET /a', 'GET /b']) api.route(key, { throttle: { burst: 2, rate: 0.5 } });
  const get = async (path: string) => (await sendRequest(api.url, path, { method: 'GET' })).status;
  expect([await get('/a'), await get('/a'), await get('/a'), await get('/b')]).toEqual([200, 200, 429, 200]);
  now = 2000;
  expect([await get('/a'), await get('/a')]).toEqual([200, 429]);
  const reply = await sendRequest(api.url, '/a', { method: 'GET' });
  expect(reply.json()).toEqual({ message: 'Too Many Requests' });
  expect(api.answered.at(-1)).toMatchObject({ routeKey: 'GET /a', status: 429, reason: 'throttled' });
});
