import { createClock } from '../clock';
import { openTestApi, sendRequest, type TestApi, type TestRequest } from './test-api.fixture';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi({ clock: createClock({ real: () => Date.parse('2026-05-01T12:00:00.250Z') }) });
  for (const method of ['POST', 'GET']) api.route(`${method} /{platform}/{bot}`);
});

afterAll(() => api.close());

async function eventFor(request: TestRequest, path = '/slack/ops'): Promise<Record<string, unknown>> {
  return Object((await sendRequest(api.url, path, request)).json());
}

it('has every member of payload format 2.0 that has a value', async () => {
  const headers = { 'User-Agent': 'Slackbot 1.0', 'Content-Type': 'application/json', Accept: '*/*' };
  const path = '/slack/ops?a=1&a=2&b=';
  const event = await eventFor({ headers: { ...headers, Cookie: 'one=1; two=2' }, body: '{"text":"你好"}' }, path);
  expect(event).toEqual({
    version: '2.0',
    routeKey: 'POST /{platform}/{bot}',
    rawPath: '/slack/ops',
    rawQueryString: 'a=1&a=2&b=',
    cookies: ['one=1', 'two=2'],
    headers: {
      accept: '*/*',
      'content-type': 'application/json',
      'content-length': '17',
      host: 'a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn',
      'user-agent': 'Slackbot 1.0',
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-69f495c0-[0-9a-f]{24}$/),
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    queryStringParameters: { a: '1,2', b: '' },
    requestContext: {
      accountId: '111122223333',
      apiId: 'a1b2c3d4e5',
      domainName: 'a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn',
      domainPrefix: 'a1b2c3d4e5',
      http: {
        method: 'POST',
        path: '/slack/ops',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'Slackbot 1.0',
      },
      requestId: expect.stringMatching(/^[\w+/]{15}=$/),
      routeKey: 'POST /{platform}/{bot}',
      stage: '$default',
      time: '01/May/2026:12:00:00 +0000',
      timeEpoch: 1_777_636_800_250,
    },
    pathParameters: { platform: 'slack', bot: 'ops' },
    body: '{"text":"你好"}',
    isBase64Encoded: false,
  });
  const bare = await eventFor({ method: 'GET' });
  for (const name of ['cookies', 'queryStringParameters', 'body']) expect(bare).not.toHaveProperty(name);
  expect(bare).toMatchObject({ rawQueryString: '', isBase64Encoded: false });
});

it.each([
  ['application/json', false],
  ['Application/JSON; charset=utf-8', false],
  ['text/plain', false],
  ['application/xml', false],
  ['application/javascript', false],
  ['application/vnd.api+json', false],
  ['image/svg+xml', false],
  ['application/x-www-form-urlencoded', true],
  ['application/octet-stream', true],
  ['multipart/form-data; boundary=x', true],
  ['', true],
])('contains the exact bytes of a body of type "%s"', async (type, isBase64Encoded) => {
  const body = Buffer.from('payload=%7B%22a%22%3A%22钟\u0000\r\n"\\');
  const event = await eventFor({ headers: type ? { 'Content-Type': type } : {}, body });
  expect(event.isBase64Encoded).toBe(isBase64Encoded);
  expect(Buffer.from(String(event.body), isBase64Encoded ? 'base64' : 'utf8')).toEqual(body);
});

it('replaces invalid UTF-8, so its signature does not verify', async () => {
  const body = Buffer.from([0x22, 0xe9, 0x92, 0x22, 0xff]);
  const event = await eventFor({ headers: { 'Content-Type': 'application/json' }, body });
  expect(event).toMatchObject({ body: '"\ufffd"\ufffd', isBase64Encoded: false });
});

it('keeps a byte order mark, because it is part of the signed text', async () => {
  const event = await eventFor({ headers: { 'Content-Type': 'application/json' }, body: '\ufeff{}' });
  expect(event.body).toBe('\ufeff{}');
});
