import { createClock } from '../clock';
import { openTestApi, sendRequest, type TestApi } from './test-api.fixture';

const MB = 1024 * 1024;
let api: TestApi;

beforeEach(async () => {
  api = await openTestApi();
});

afterEach(() => api.close());

const respondWith = (payload: unknown) => api.route('POST /', { invoke: async () => ({ payload }) });

it('responds with the function’s status, headers and body', async () => {
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'x-attempt': 2 };
  respondWith({ statusCode: 201, headers, body: '{"challenge":"钟"}' });
  const response = await sendRequest(api.url, '/');
  expect([response.status, response.text]).toEqual([201, '{"challenge":"钟"}']);
  expect(response.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'x-attempt': '2',
    'apigw-requestid': api.answered[0]?.requestId,
  });
});

it.each([
  ['a body that is not text', { statusCode: 200, body: { a: 1 } }],
  ['an invalid status', { statusCode: 'ok' }],
  ['a header with two lines', { statusCode: 200, headers: { 'x-a': 'b\r\nx-c: d' } }],
  ['a header that is a list', { statusCode: 200, headers: { 'x-a': ['b'] } }],
  ['over 6 MB', { statusCode: 200, body: 'x'.repeat(6 * MB) }],
])('responds with 500 to a result with %s', async (_name, payload) => {
  respondWith(payload);
  const response = await sendRequest(api.url, '/');
  expect([response.status, response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  expect(api.answered[0]?.reason).toBe("the function's result does not have format 2.0");
});

it('hides a function’s error from the client and logs its type only', async () => {
  const payload = { errorType: 'TypeError', errorMessage: 'the token is xoxb-1' };
  api.route('GET /fails', { invoke: async () => ({ payload, functionError: 'Unhandled' }) });
  api.route('GET /throws', { invoke: () => Promise.reject(new Error('the token is xoxb-1')) });
  for (const path of ['/fails', '/throws']) {
    const response = await sendRequest(api.url, path, { method: 'GET' });
    expect([response.status, response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  }
  const reasons = api.answered.map(({ reason }) => reason);
  expect(reasons).toEqual(['the function failed: TypeError', 'the function failed: Unavailable']);
});

it('rejects a body over 10 MB and an event over Lambda’s 6 MB', async () => {
  let events = 0;
  api.route('POST /', { invoke: async () => ({ payload: ++events }) });
  const text = { 'Content-Type': 'text/plain' };
  for (const size of [10 * MB + 1, 10 * MB, 6 * MB]) {
    const response = await sendRequest(api.url, '/', { headers: text, body: Buffer.alloc(size, 'a') });
    expect([response.status, response.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  }
  const reasons = api.answered.map(({ reason }) => reason);
  expect(reasons).toEqual(['the body is over 10 MB', ...Array(2).fill("the event is over Lambda's 6 MB")]);
  expect(events).toBe(0);
  expect((await sendRequest(api.url, '/', { headers: text, body: Buffer.alloc(6 * MB - 2000, 'a') })).status).toBe(200);
  expect((await sendRequest(api.url, '/', { body: Buffer.alloc(4.6 * MB) })).status).toBe(413);
});

it('rejects a request line and headers over 10,240 bytes', async () => {
  respondWith('ok');
  expect((await sendRequest(api.url, '/', { headers: { 'x-long': 'a'.repeat(10_000) } })).status).toBe(200);
  expect((await sendRequest(api.url, '/', { headers: { 'x-long': 'a'.repeat(10_240) } })).status).toBe(431);
});

it('throttles each route separately, by the clock', async () => {
  let now = 0;
  await api.close();
  api = await openTestApi({ clock: createClock({ real: () => now }) });
  for (const key of ['GET /a', 'GET /b']) api.route(key, { throttle: { burst: 2, rate: 0.5 } });
  const get = async (path: string) => (await sendRequest(api.url, path, { method: 'GET' })).status;
  expect([await get('/a'), await get('/a'), await get('/a'), await get('/b')]).toEqual([200, 200, 429, 200]);
  now = 2000;
  expect([await get('/a'), await get('/a')]).toEqual([200, 429]);
  const response = await sendRequest(api.url, '/a', { method: 'GET' });
  expect(response.json()).toEqual({ message: 'Too Many Requests' });
  expect(api.answered.at(-1)).toMatchObject({ routeKey: 'GET /a', status: 429, reason: 'throttled' });
});
