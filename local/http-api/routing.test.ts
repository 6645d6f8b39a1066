import { parsePattern } from './routes';
import { openTestApi, sendRequest, type TestApi } from './test-api.fixture';

let api: TestApi;

beforeEach(async () => {
  api = await openTestApi();
});

afterEach(() => api.close());

async function matched(path: string, method = 'POST'): Promise<unknown> {
  const { status, json } = await sendRequest(api.url, path, { method });
  const event = Object(json());
  return status === 200 ? [event.routeKey, event.pathParameters] : [status, json()];
}

it('selects the most specific route', async () => {
  for (const route of ['POST /{platform}/{bot}', 'POST /slack/{bot}', 'POST /slack/ops', 'GET /{platform}/{bot}'])
    api.route(route);
  expect(await matched('/slack/ops')).toEqual(['POST /slack/ops', undefined]);
  expect(await matched('/slack/dev')).toEqual(['POST /slack/{bot}', { bot: 'dev' }]);
  expect(await matched('/feishu/ops')).toEqual(['POST /{platform}/{bot}', { platform: 'feishu', bot: 'ops' }]);
  expect(await matched('/slack/ops', 'GET')).toEqual(['GET /{platform}/{bot}', { platform: 'slack', bot: 'ops' }]);
});

it.each([
  ['/slack', 'POST'],
  ['/slack/', 'POST'],
  ['/slack/ops/', 'POST'],
  ['/slack/ops/more', 'POST'],
  ['//ops', 'POST'],
  ['/slack/ops', 'GET'],
])('responds to %s by %s with 404', async (path, method) => {
  api.route('POST /{platform}/{bot}');
  expect(await matched(path, method)).toEqual([404, { message: 'Not Found' }]);
  expect(api.answered).toEqual([{ status: 404, reason: 'no route matches', latencyMs: expect.any(Number) }]);
});

it('decodes path variables and keeps an encoded slash', async () => {
  api.route('POST /{platform}/{bot}');
  const { json } = await sendRequest(api.url, '/%E9%A3%9E%E4%B9%A6/a%2Fb%20c?x=%E9%92%9F%2B1&x=2');
  expect(json()).toMatchObject({
    pathParameters: { platform: '飞书', bot: 'a/b c' },
    rawPath: '/飞书/a/b c',
    rawQueryString: 'x=%E9%92%9F%2B1&x=2',
    queryStringParameters: { x: '钟+1,2' },
    requestContext: { http: { path: '/飞书/a/b c' } },
  });
  expect(await matched('/slack/%E9%A3')).toEqual([400, { message: 'Bad Request' }]);
});

it.each([
  ['FETCH', '/', 'Method must be one of DELETE'],
  ['ANY', '/', 'Method must be one of DELETE'],
  ['GET', 'pets', 'Path must begin with /.'],
  ['GET', '/{proxy+}', '{proxy+} is neither text nor a {variable}.'],
  ['GET', '/{pets', '{pets is neither text nor a {variable}.'],
])('rejects the route %s %s', (method, path, message) => {
  expect(() => parsePattern(method, path)).toThrow(message);
});

it('rejects two routes for the same requests, whatever the names of their variables', () => {
  api.route('POST /{platform}/{bot}');
  expect(() => api.route('POST /{a}/{b}')).toThrow('There is already a route POST /{platform}/{bot}.');
  expect(() => api.route('POST /{a}/b')).not.toThrow();
});
