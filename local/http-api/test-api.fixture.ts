import { once } from 'node:events';
import { type OutgoingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createClock } from '../clock';
import { type AnsweredRequest, type HttpApi, type HttpApiSettings, openHttpApi, type Route } from './http-api';
import { parsePattern } from './routes';

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

/** Sends path, headers and body unchanged, unlike `fetch`. */
export async function sendRequest(
  url: string,
  path: string,
  { method = 'POST', headers, body }: TestRequest = {},
): Promise<TestResponse> {
  const { hostname, port } = new URL(url);
  const sent = request({ hostname, port, path, method, headers, agent: false });
  sent.end(body);
  const [response] = await once(sent, 'response');
  const bytes = await buffer(response);
  const text = bytes.toString();
  return { status: response.statusCode, headers: response.headers, body: bytes, text, json: () => JSON.parse(text) };
}

export interface TestApi extends HttpApi {
  readonly answered: AnsweredRequest[];
  /** Adds a route such as `POST /{platform}/{bot}`; by default it responds with its event. */
  route(key: string, more?: Partial<Route>): void;
}

/** An HTTP API whose functions are defined by a test. */
export async function openTestApi(settings: Partial<HttpApiSettings> = {}): Promise<TestApi> {
  const answered: AnsweredRequest[] = [];
  const api = await openHttpApi({
    id: 'a1b2c3d4e5',
    account: '111122223333',
    domainName: 'a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn',
    clock: createClock(),
    onAnswered: (one) => answered.push(one),
    ...settings,
  });
  return {
    ...api,
    answered,
    route(key, more) {
      const [method = '', path = ''] = key.split(' ');
      api.add({
        pattern: parsePattern(method, path),
        timeoutMs: 30_000,
        invoke: async (event) => ({ payload: event }),
        ...more,
      });
    },
  };
}
