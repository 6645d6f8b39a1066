import { ask, type Question } from './ask';
import type { Answer, Refusal, World } from './channel';
import { DeliveryError } from './delivery';
import { redact } from './redact';

/** How one platform's API is spoken to. */
export interface Api {
  platform: string;
  world: World;
  /** Reads the refusal out of an answer; undefined means that it did what it was asked. */
  verdict(answer: Answer): Refusal | undefined;
  /** What must never be repeated of a question or an answer: tokens, keys. */
  secrets: readonly string[];
}

/** Puts a question to a platform's API and gives its answer. Throws DeliveryError, with no url and no secret in it. */
export async function consult(
  question: Omit<Question, 'url' | 'timeout'> & { url: URL },
  { platform, world, verdict, secrets }: Api,
): Promise<Answer> {
  const answer = await ask({ ...question, url: world.endpoint(question.url), timeout: world.timeout });
  const refusal = 'reason' in answer ? answer : verdict(answer);
  if (!refusal && !('reason' in answer)) return answer;
  const { reason = '', code = '', ...facts } = refusal ?? {};
  const clean = { reason: redact(reason, secrets), code: redact(code, secrets) };
  throw new DeliveryError(platform, { retryable: false, ...facts, ...clean });
}
