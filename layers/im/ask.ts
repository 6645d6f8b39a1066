import axios from 'axios';
import type { HttpResponse, Rejection } from './channel';
import { overHttps } from './over-https';

/** One request to a platform. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  url: string;
  headers?: Readonly<Record<string, string>>;
  /** Sent as it is; JSON unless the headers say otherwise. */
  body?: string;
  /** Milliseconds. */
  timeoutMs: number;
  /** Most bytes of the answer that are read, where that is more than a verdict takes. */
  maxResponseBytes?: number;
}

const http = axios.create({
  adapter: overHttps,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  responseType: 'text',
  transformRequest: [(body) => body],
  transformResponse: [(body) => body],
  validateStatus: () => true,
});

/** What the platform answered, whatever the status; a refusal when nobody did. Never throws. */
export async function httpRequest({
  method,
  url,
  headers,
  body,
  timeoutMs,
  maxResponseBytes,
}: HttpRequest): Promise<HttpResponse | Rejection> {
  try {
    const config = {
      method,
      url,
      headers: { ...headers },
      data: body,
      timeout: timeoutMs,
      maxContentLength: maxResponseBytes,
    };
    const answer = await http.request<unknown>(config);
    return { status: answer.status, headers: lowerCase(answer.headers), body: parsed(answer.data) };
  } catch (error) {
    return networkRefusal(error, timeoutMs);
  }
}

/** Only the code is kept: the rest of a network error may hold the url. */
function networkRefusal(error: unknown, timeout: number): Rejection {
  const { name, code } = error as { name?: string; code?: unknown };
  if (name === 'TimeoutError' || name === 'AbortError') {
    return {
      reason: `no answer within ${timeout} ms`,
      code: 'ETIMEDOUT',
      retryable: true,
      outcomeUnknown: 'unanswered',
    };
  }
  const known = typeof code === 'string' ? code : 'unknown';
  return { reason: `it could not be reached (${known})`, code: known, retryable: true, outcomeUnknown: 'unanswered' };
}

function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    // Slack answers `ok`, a proxy answers HTML: that is for the verdict to judge.
    return data;
  }
}

function lowerCase(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
