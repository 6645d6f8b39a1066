import { apiRequest } from '../api-client';
import type { HttpResponse, Payload, Rejection, Runtime } from '../channel';
import { DeliveryError } from '../errors';
import { secretsOf } from '../redact';
import { apiVerdict } from './api-verdict';
import { textAt } from './fields';
import { parseResponse } from './verdict';

/**
 * A session that is over. 300001 with the words "session does not exist" is in many logs of 2026, the words are from the
 * error table of the OpenAPI, and HTTP 500 is one report (with it the message may have been shown all the same).
 */
const OVER = ['300001', '300005', 'session.notExisted', 'session.expired', 'HTTP 404', 'HTTP 410', 'HTTP 500'];

/** Answers in a session; false when the session is over, and nothing was said. Throws DeliveryError. */
export async function sendBySession(
  payload: Payload,
  url: URL,
  idempotencyKey: string | undefined,
  runtime: Runtime,
): Promise<boolean> {
  const body = JSON.stringify(idempotencyKey ? { ...payload, msgUuid: idempotencyKey } : payload);
  try {
    await apiRequest(
      { method: 'POST', url, body },
      { platform: 'dingtalk', runtime, parseResponse: either, secrets: secretsOf(url) },
    );
    return true;
  } catch (error) {
    if (error instanceof DeliveryError && OVER.includes(error.code ?? '')) return false;
    throw error;
  }
}

/** It answers as the webhook of a custom robot does; its own codes are documented among those of the OpenAPI. */
function either(answer: HttpResponse): Rejection | undefined {
  return textAt(answer.body, 'code') ? apiVerdict(answer) : parseResponse(answer);
}
