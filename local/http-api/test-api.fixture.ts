import { once } from 'node:events';
import { type OutgoingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createClock } from '../clock';
import { type AnsweredRequest, type HttpApi, type HttpApiSettings, openHttpApi, type Route } from './http-api';
import { DEFAULT_PATTERN, parsePattern } from './route-pattern';

export interface TestRequest {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: Uint8Array | string;
}

export interface TestResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  text: string;
  json(): unknown;
}

/** Asks as it is told: nothing of the path, the headers or the body is put right on the way, as `fetch` would. */
export async function sendRequest(
  url: string,
  path: string,
  { method = 'POST', headers, body }: TestRequest = {},
): Promise<TestResponse> {
  const { hostname, port } = new URL(url);
  const asked = request({ hostname, port, path, method, headers, agent: false });
  asked.end(body);
  const [response] = await once(asked, 'response');
  const bytes = await buffer(response);
  const text = bytes.toString();
  return { status: response.statusCode, headers: response.headers, body: bytes, text, json: () => JSON.parse(text) };
}

export interface TestApi extends HttpApi {
  readonly answered: AnsweredRequest[];
  /** A route such as `POST /{platform}/{bot}` or `$default` that answers with its event, if nothing else is said. */
  route(key: string, more?: Partial<Route>): void;
}

/** An API of a test, whose functions are a line of the test. */
export async function openTestApi(settings: Partial<HttpApiSettings> = {}): Promise<TestApi> {
  const answered: AnsweredRequest[] = [];
  const api = await openHttpApi({
    id: 'a1b2c3d4e5',
    account: '111122223333',
    domainName: 'a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn',
    stage: '$default',
    port: 0,
    clock: createClock(),
    onAnswered: (one) => answered.push(one),
    ...settings,
  });
  return {
    ...api,
    answered,
    route(key, more) {
      const [method = '', path] = key.split(' ');
      const pattern = path === undefined ? DEFAULT_PATTERN : parsePattern(method, path);
      api.add({ pattern, timeoutMs: 30_000, invoke: async (event) => ({ payload: event }), ...more });
    },
  };
}
