import { type HttpRequest, httpRequest } from './ask';
import type { HttpResponse, Rejection, Runtime } from './channel';
import { DeliveryError } from './delivery';
import { redact } from './redact';

/** How one platform's API is spoken to. */
export interface ApiClient {
  platform: string;
  runtime: Runtime;
  /** Reads the refusal out of an answer; undefined means that it did what it was asked. */
  parseResponse(answer: HttpResponse): Rejection | undefined;
  /** What must never be repeated of a question or an answer: tokens, keys. */
  secrets: readonly string[];
}

/** Puts a question to a platform's API and gives its answer. Throws DeliveryError, with no url and no secret in it. */
export async function apiRequest(
  question: Omit<HttpRequest, 'url' | 'timeoutMs'> & { url: URL },
  { platform, runtime, parseResponse, secrets }: ApiClient,
): Promise<HttpResponse> {
  const answer = await httpRequest({
    ...question,
    url: runtime.resolveEndpoint(question.url),
    timeoutMs: runtime.timeoutMs,
  });
  const rejection = 'reason' in answer ? answer : parseResponse(answer);
  if (!rejection && !('reason' in answer)) return answer;
  const { reason = '', code = '', ...facts } = rejection ?? {};
  const clean = { reason: redact(reason, secrets), code: redact(code, secrets) };
  throw new DeliveryError(platform, { retryable: false, ...facts, ...clean });
}
