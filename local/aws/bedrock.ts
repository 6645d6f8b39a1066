import { randomUUID } from 'node:crypto';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import { MODEL_BEHAVIORS, type ModelBehavior, type ModelRequest } from './bedrock/behaviors';
import { parseConverse, toConverseOutput } from './bedrock/messages';
import { checkModel } from './bedrock/models';
import { callerOf } from './caller';
import { type EmulatorContext, isLost } from './json-service';
import { type Listener, listenHttp2, readBody } from './listener';
import { ServiceError, toServiceError } from './service-error';

export type { ModelBehavior, ModelReply, ModelRequest } from './bedrock/behaviors';

/** The model's own side: its behavior, and the requests that it got. */
export interface ModelControl {
  /** Sets the model's behavior. @param ms delay of every answer */
  behave(behavior: keyof typeof MODEL_BEHAVIORS | ModelBehavior, ms?: number): void;
  /** Makes the model answer with this text. */
  replyWith(text: string): void;
  /** All requests so far, in order. */
  readonly requests: readonly ModelRequest[];
}

export interface Bedrock extends Listener, ModelControl {}

const PATH = /^\/model\/([^/]+)\/converse$/;
const MAX_BYTES = 16 * 2 ** 20;
const TRUNCATED_JSON = '{"output":{"message":{"role":"assistant","content":[{"text":';

/**
 * Bedrock's Converse operation (restJson1 over cleartext HTTP/2) with a scripted model. By default the model answers with extracts of
 * the request. Signatures are for the service `bedrock`.
 */
export async function startBedrock({ account, log, interceptor }: EmulatorContext): Promise<Bedrock> {
  const requests: ModelRequest[] = [];
  let behavior: ModelBehavior = MODEL_BEHAVIORS.extractive;
  let delayMs = 0;

  async function handleRequest(request: Http2ServerRequest): Promise<unknown> {
    const startedAt = performance.now();
    const body = (await readBody(request, MAX_BYTES)) ?? '';
    const [, id] = PATH.exec(request.url) ?? [];
    if (!id || request.method !== 'POST')
      throw new ServiceError('UnknownOperationException', 'Only Converse is emulated.', 404);
    const caller = callerOf(request.headers, 'bedrock', account);
    const modelId = decodeURIComponent(id);
    const modelRequest = { modelId, region: caller.region, ...parseConverse(body) };
    checkModel(modelId, caller);
    requests.push(modelRequest);
    if (delayMs > 0) await sleep(delayMs, undefined, { ref: false });
    const reply = behavior(modelRequest);
    return typeof reply === 'string' ? reply : toConverseOutput(reply, modelRequest, performance.now() - startedAt);
  }

  const handle = (request: Http2ServerRequest) =>
    interceptor ? interceptor.intercept('bedrock', 'Converse', () => handleRequest(request)) : handleRequest(request);

  const listener = await listenHttp2((request, response) => {
    handle(request)
      .then((output) => send(response, output))
      .catch((error: unknown) => {
        if (isLost(request, error)) return response.stream?.destroy();
        const { code, message, status } = toServiceError(error, 'bedrock', log);
        return write(response, status, JSON.stringify({ message }), { 'x-amzn-errortype': code });
      });
  });

  return {
    ...listener,
    requests,
    behave(chosen, ms = 0) {
      behavior = typeof chosen === 'string' ? MODEL_BEHAVIORS[chosen] : chosen;
      delayMs = ms;
    },
    replyWith(text) {
      behavior = () => ({ text });
      delayMs = 0;
    },
  };
}

function send(response: Http2ServerResponse, output: unknown): void {
  // No response at all: the client's time limit decides.
  if (output === 'hang') return;
  write(response, 200, output === 'garbage' ? TRUNCATED_JSON : JSON.stringify(output));
}

function write(response: Http2ServerResponse, status: number, body: string, more: Record<string, string> = {}): void {
  if (response.stream?.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...more });
  response.end(body);
}
