import { randomUUID } from 'node:crypto';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import { modelOf } from './bedrock/catalogue';
import { read, written } from './bedrock/converse';
import { bodyOf, listenHttp2 } from './bedrock/http2-listener';
import { MODEL_BEHAVIORS, type ModelBehavior, type ModelRequest } from './bedrock/manner';
import { callerOf } from './caller';
import { LostResponseError } from './faults';
import type { EmulatorContext } from './json-service';
import type { Listener } from './listener';
import { ServiceError, toServiceError } from './service-error';

export type { ModelBehavior, ModelReply, ModelRequest } from './bedrock/manner';

/** The model's own side: how it behaves, and what it was asked. */
export interface ModelControl {
  /** From now on the model behaves like this. @param ms how long it thinks before it answers */
  behave(manner: keyof typeof MODEL_BEHAVIORS | ModelBehavior, ms?: number): void;
  /** From now on it says this. */
  replyWith(text: string): void;
  /** Everything that was asked so far, in order. */
  readonly requests: readonly ModelRequest[];
}

export interface Bedrock extends Listener, ModelControl {}

const PATH = /^\/model\/([^/]+)\/converse$/;
const GARBAGE = '{"output":{"message":{"role":"assistant","content":[{"text":';

/**
 * Bedrock's Converse operation (restJson1 over cleartext HTTP/2), with a scripted model behind it that extracts unless it is told to
 * misbehave. Signatures must be for the service `bedrock`.
 */
export async function startBedrock({ account, log, interceptor }: EmulatorContext): Promise<Bedrock> {
  const requests: ModelRequest[] = [];
  let manner: ModelBehavior = MODEL_BEHAVIORS.extractive;
  let thinking = 0;

  async function converse(request: Http2ServerRequest): Promise<unknown> {
    const began = performance.now();
    const body = await bodyOf(request);
    const [, id] = PATH.exec(request.url) ?? [];
    if (!id || request.method !== 'POST')
      throw new ServiceError('UnknownOperationException', 'Only Converse is here.', 404);
    const caller = callerOf(request.headers, 'bedrock', account);
    const modelId = decodeURIComponent(id);
    const question = { modelId, region: caller.region, ...read(body) };
    modelOf(modelId, caller);
    requests.push(question);
    if (thinking > 0) await sleep(thinking, undefined, { ref: false });
    const reply = manner(question);
    return typeof reply === 'string' ? reply : written(reply, question, performance.now() - began);
  }

  const pass = (request: Http2ServerRequest) =>
    interceptor ? interceptor.intercept('bedrock', 'Converse', () => converse(request)) : converse(request);

  const listener = await listenHttp2((request, response) => {
    pass(request)
      .then((answer) => send(response, answer))
      .catch((error: unknown) => {
        if (request.errored || error instanceof LostResponseError) return response.stream?.destroy();
        const { code, message, status } = toServiceError(error, 'bedrock', log);
        return write(response, status, JSON.stringify({ message }), { 'x-amzn-errortype': code });
      });
  });

  return {
    ...listener,
    requests,
    behave(chosen, ms = 0) {
      manner = typeof chosen === 'string' ? MODEL_BEHAVIORS[chosen] : chosen;
      thinking = ms;
    },
    replyWith(text) {
      manner = () => ({ text });
      thinking = 0;
    },
  };
}

function send(response: Http2ServerResponse, answer: unknown): void {
  // The client waits for as long as it likes.
  if (answer === 'hang') return;
  write(response, 200, answer === 'garbage' ? GARBAGE : JSON.stringify(answer));
}

function write(response: Http2ServerResponse, status: number, body: string, more: Record<string, string> = {}): void {
  if (response.stream?.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...more });
  response.end(body);
}
