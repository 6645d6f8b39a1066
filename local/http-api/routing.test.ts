import { parsePattern } from './routes';
import { openTestApi, sendRequest, type TestApi } from './test-api.fixture';

let api: TestApi;

afterEach(() => api.close());

async function matched(path: string, method = 'GET'): Promise<unknown> {
  const { status, json } = await sendRequest(api.url, path, { method });
  const event = Object(json());
  return status === 200 ? [event.routeKey, event.pathParameters] : [status, json()];
}

it.each([
  ['GET', '/pets/dog/1', 'GET /pets/dog/1', undefined],
  ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
  ['GET', '/pets/cat/1', 'GET /pets/{proxy+}', { proxy: 'cat/1' }],
  ['POST', '/test/5', 'ANY /{proxy+}', { proxy: 'test/5' }],
  ['POST', '/pets/dog/1', 'ANY /{proxy+}', { proxy: 'pets/dog/1' }],
  ['GET', '/', '$default', undefined],
])(
  'selects the most specific route, as in the Developer Guide’s example: %s %s',
  async (method, path, key, variables) => {
    api = await openTestApi();
    for (const route of ['$default', 'ANY /{proxy+}', 'GET /pets/{proxy+}', 'GET /pets/dog/{id}', 'GET /pets/dog/1'])
      api.route(route);
    expect(await matched(path, method)).toEqual([key, variables]);
  },
);

it('prefers a method to ANY', async () => {
  api = await openTestApi();
  for (const route of ['ANY /{platform}/{bot}', 'POST /{platform}/{bot}']) api.route(route);
  expect(await matched('/slack/ops', 'POST')).toEqual(['POST /{platform}/{bot}', { platform: 'slack', bot: 'ops' }]);
  expect(await matched('/slack/ops', 'PUT')).toEqual(['ANY /{platform}/{bot}', { platform: 'slack', bot: 'ops' }]);
});

it.each([
  ['/slack', 'POST'],
  ['/slack/', 'POST'],
  ['/slack/ops/', 'POST'],
  ['/slack/ops/more', 'POST'],
  ['//ops', 'POST'],
  ['/slack/ops', 'GET'],
])('responds to %s by %s with 404', async (path, method) => {
  api = await openTestApi();
  api.route('POST /{platform}/{bot}');
  expect(await matched(path, method)).toEqual([404, { message: 'Not Found' }]);
  expect(api.answered).toEqual([{ status: 404, reason: 'no route matches', latencyMs: expect.any(Number) }]);
});

it('decodes path variables and keeps an encoded slash', async () => {
  api = await openTestApi();
  api.route('POST /{platform}/{bot}');
  const { json } = await sendRequest(api.url, '/%E9%A3%9E%E4%B9%A6/a%2Fb%20c?x=%E9%92%9F%2B1&x=2');
  expect(json()).toMatchObject({
    pathParameters: { platform: '飞书', bot: 'a/b c' },
    rawPath: '/飞书/a/b c',
    rawQueryString: 'x=%E9%92%9F%2B1&x=2',
    queryStringParameters: { x: '钟+1,2' },
    requestContext: { http: { path: '/飞书/a/b c' } },
  });
  expect(await matched('/slack/%E9%A3', 'POST')).toEqual([400, { message: 'Bad Request' }]);
});

it('requires a named stage in the path', async () => {
  api = await openTestApi({ stage: 'prod' });
  api.route('POST /{platform}');
  api.route('GET /');
  expect((await sendRequest(api.url, '/prod/slack')).json()).toMatchObject({
    rawPath: '/prod/slack',
    pathParameters: { platform: 'slack' },
    requestContext: { stage: 'prod' },
  });
  expect(await matched('/prod')).toEqual(['GET /', undefined]);
  expect(await matched('/slack', 'POST')).toEqual([404, { message: 'Not Found' }]);
});

it.each([
  ['FETCH', '/', 'Method must be one of ANY, DELETE'],
  ['GET', 'pets', 'Path must begin with /.'],
  ['GET', '/{proxy+}/pets', 'A greedy variable must stand at the end of Path.'],
  ['GET', '/{pets', '{pets is neither text nor a {variable}.'],
])('rejects the route %s %s', async (method, path, words) => {
  api = await openTestApi();
  expect(() => parsePattern(method, path)).toThrow(words);
});

it('rejects two routes for the same requests, whatever the names of their variables', async () => {
  api = await openTestApi();
  api.route('POST /{platform}/{bot}');
  expect(() => api.route('POST /{a}/{b}')).toThrow('There is already a route POST /{platform}/{bot}.');
  expect(() => api.route('POST /{a}/b')).not.toThrow();
});
