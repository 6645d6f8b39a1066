import { type StreamRequest, type StreamResponse, streamRequest } from '../api-client';
import type { HttpResponse, Rejection } from '../channel';
import type { FileContent } from '../chat-app';
import { DeliveryError } from '../errors';
import { multipartForm } from '../multipart';
import { redact } from '../redact';
import { type ApiCall, hiddenOf, urlOf } from './api-call';
import { apiVerdict } from './api-verdict';
import { inside, parseObject, textInside } from './inside';
import { peek } from './peek';
import type { Session } from './session';

/** What comes back: its headers by lower-case name, and bytes that are still on their way. */
export interface Given {
  headers: StreamResponse['headers'];
  bytes: AsyncIterable<Uint8Array>;
}

/** The API's way for bytes that are not held as a whole. Both throw DeliveryError. */
export interface Transfer {
  download(call: Omit<ApiCall, 'method' | 'body'>): Promise<Given>;
  /** Puts a file into a form, under this name, and gives the whole answer. Its bytes are read once, so this is done once. */
  upload(
    path: string,
    fields: Readonly<Record<string, string>>,
    name: string,
    file: FileContent & { size: number },
  ): Promise<unknown>;
}

/** A verdict has a few hundred bytes. */
const VERDICT = 4_096;
/** Without it there is no Content-Disposition, as page "下载文件" says; the page of a message's resources is silent. */
const WITH_NAME = { 'content-type': 'application/json' };

export function openTransfer({ secrets, runtime, authorized }: Session): Transfer {
  async function put(
    question: Omit<StreamRequest, 'url' | 'idleTimeoutMs'>,
    url: URL,
    token: string,
  ): Promise<StreamResponse> {
    const headers = { ...question.headers, authorization: `Bearer ${token}` };
    const answer = await streamRequest({
      ...question,
      url: runtime.resolveEndpoint(url),
      headers,
      idleTimeoutMs: runtime.idleTimeoutMs ?? runtime.timeoutMs,
    });
    if ('reason' in answer) throw failure(answer, token);
    return answer;
  }

  function failure({ reason, code = '', ...facts }: Rejection, token: string): DeliveryError {
    const hidden = hiddenOf(secrets, token);
    return new DeliveryError('feishu', { ...facts, reason: redact(reason, hidden), code: redact(code, hidden) });
  }

  return {
    download: (call) =>
      authorized(async (token) => {
        const given = await put({ method: 'GET', headers: WITH_NAME }, urlOf(call, secrets), token);
        const { rejection, bytes } = await look(given);
        if (rejection) throw failure(rejection, token);
        return { headers: given.headers, bytes };
      }),
    upload: (path, fields, name, file) =>
      authorized(async (token) => {
        const { type, ...body } = multipartForm(fields, name, file);
        const url = urlOf({ path }, secrets);
        const given = await put({ method: 'POST', headers: { 'content-type': type }, body }, url, token);
        const answer = await answerIn(given);
        const rejection = apiVerdict(answer);
        if (rejection) throw failure(rejection, token);
        return answer.body;
      }, false),
  };
}

/** Refusals come as JSON, and some of this API's with HTTP 200; but a shared file may be JSON, too. */
async function look(given: StreamResponse): Promise<{ rejection?: Rejection; bytes: AsyncIterable<Uint8Array> }> {
  const { status, headers, bytes } = given;
  if (status !== 200) return { rejection: apiVerdict(await answerIn(given)) ?? UNEXPECTED, bytes };
  const isNamed = headers['content-disposition'] !== undefined;
  if (isNamed || !headers['content-type']?.startsWith('application/json')) return { bytes };
  const seen = await peek(bytes, VERDICT).catch(() => undefined);
  if (!seen) return { rejection: BROKEN_OFF, bytes };
  const body = seen.head.length < VERDICT ? parseObject(seen.head.toString('utf8')) : undefined;
  const isVerdict = typeof inside(body, 'code') === 'number' && textInside(body, 'msg') !== '';
  if (!isVerdict) return { bytes: seen.bytes };
  return { rejection: apiVerdict({ status, headers: told(headers), body }) ?? UNEXPECTED, bytes };
}

const UNEXPECTED: Rejection = { reason: 'it gave something else than the file', retryable: true };
/** What a file is that ends before its end. */
export const BROKEN_OFF: Rejection = { reason: 'the file broke off on its way', retryable: true, code: 'ECONNRESET' };

/** The whole of a short answer; what is longer is none of Feishu's. */
async function answerIn({ status, headers, bytes }: StreamResponse): Promise<HttpResponse> {
  const seen = await peek(bytes, VERDICT).catch(() => undefined);
  bytes.destroy();
  const text = seen?.head.toString('utf8') ?? '';
  return { status, headers: told(headers), body: parseObject(text) ?? text };
}

function told(headers: StreamResponse['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
