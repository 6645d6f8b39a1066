import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { InvocationOutcome } from '../lambda/runtime-api';
import { type HttpResponse, MAX_LAMBDA_BYTES, toHttpResponse } from './function-answer';
import { type Rejection, reject } from './refusals';

/**
 * Asks the function, and makes an answer of what comes of it.
 * @param timeout in real milliseconds; a function that takes longer goes on, only nobody waits for it
 */
export async function invokeFunction(
  event: APIGatewayProxyEventV2,
  invoke: (event: APIGatewayProxyEventV2) => Promise<InvocationOutcome>,
  timeout: number,
): Promise<HttpResponse | Rejection> {
  /** That Lambda's refusal comes out as 413 is observed of REST APIs only. */
  if (Buffer.byteLength(JSON.stringify(event)) > MAX_LAMBDA_BYTES) return reject(413, "over Lambda's 6 MB as an event");
  const outcome = await within(timeout, invoke(event).catch(unavailable));
  if (!outcome) return reject(503, 'the function took longer than TimeoutInMillis');
  if (outcome.functionError) return reject(500, `the function failed: ${typeOf(outcome.payload)}`);
  return toHttpResponse(outcome.payload) ?? reject(500, "the function's answer is not of format 2.0");
}

/** The stack is being closed, or there was no process to be had. */
function unavailable(): InvocationOutcome {
  return { payload: { errorType: 'Unavailable' }, functionError: 'Unhandled' };
}

/** The message may hold what nobody should read in a log. */
function typeOf(payload: unknown): string {
  return String(Object(payload).errorType ?? 'for no known reason');
}

async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
