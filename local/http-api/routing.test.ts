import { parsePattern } from './route-pattern';
import { openTestApi, sendRequest, type TestApi } from './test-api.fixture';

let api: TestApi;

afterEach(() => api.close());

async function chosen(path: string, method = 'GET'): Promise<unknown> {
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
])('takes the most specific route, as in the guide’s own example: %s %s', async (method, path, key, variables) => {
  api = await openTestApi();
  for (const route of ['$default', 'ANY /{proxy+}', 'GET /pets/{proxy+}', 'GET /pets/dog/{id}', 'GET /pets/dog/1'])
    api.route(route);
  expect(await chosen(path, method)).toEqual([key, variables]);
});

it('prefers a method to ANY', async () => {
  api = await openTestApi();
  for (const route of ['ANY /{platform}/{bot}', 'POST /{platform}/{bot}']) api.route(route);
  expect(await chosen('/slack/ops', 'POST')).toEqual(['POST /{platform}/{bot}', { platform: 'slack', bot: 'ops' }]);
  expect(await chosen('/slack/ops', 'PUT')).toEqual(['ANY /{platform}/{bot}', { platform: 'slack', bot: 'ops' }]);
});

it.each([
  ['/slack', 'POST'],
  ['/slack/', 'POST'],
  ['/slack/ops/', 'POST'],
  ['/slack/ops/more', 'POST'],
  ['//ops', 'POST'],
  ['/slack/ops', 'GET'],
])('knows no route for %s by %s', async (path, method) => {
  api = await openTestApi();
  api.route('POST /{platform}/{bot}');
  expect(await chosen(path, method)).toEqual([404, { message: 'Not Found' }]);
  expect(api.answered).toEqual([{ status: 404, reason: 'no route fits', latencyMs: expect.any(Number) }]);
});

it('decodes path variables, and keeps a slash that was encoded inside of one', async () => {
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
  expect(await chosen('/slack/%E9%A3', 'POST')).toEqual([400, { message: 'Bad Request' }]);
});

it('finds a named stage in the path, and only there', async () => {
  api = await openTestApi({ stage: 'prod' });
  api.route('POST /{platform}');
  api.route('GET /');
  expect((await sendRequest(api.url, '/prod/slack')).json()).toMatchObject({
    rawPath: '/prod/slack',
    pathParameters: { platform: 'slack' },
    requestContext: { stage: 'prod' },
  });
  expect(await chosen('/prod')).toEqual(['GET /', undefined]);
  expect(await chosen('/slack', 'POST')).toEqual([404, { message: 'Not Found' }]);
});

it.each([
  ['FETCH', '/', 'Method must be one of ANY, DELETE'],
  ['GET', 'pets', 'Path must begin with /.'],
  ['GET', '/{proxy+}/pets', 'A greedy variable must stand at the end of Path.'],
  ['GET', '/{pets', '{pets is neither a text nor a {variable}.'],
])('refuses the route %s %s', async (method, path, words) => {
  api = await openTestApi();
  expect(() => parsePattern(method, path)).toThrow(words);
});

it('refuses two routes for the same requests, whatever their variables are called', async () => {
  api = await openTestApi();
  api.route('POST /{platform}/{bot}');
  expect(() => api.route('POST /{a}/{b}')).toThrow('There is already a route POST /{platform}/{bot}.');
  expect(() => api.route('POST /{a}/b')).not.toThrow();
});
