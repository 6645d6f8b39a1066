import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCallbackTemplates } from '../../chat/platforms';
import type { SignedCallback } from '../../chat/workspace';

export interface NumberedCallback {
  platform: string;
  callback: SignedCallback;
  /** At the end of its text only. */
  number: number;
}

const TEMPLATES = ['text', 'press'];

/** Messages and presses of all platforms in turn, in forty conversations of each. @param at ms since 1970 */
export function createCallbacks(count: number, at: number): NumberedCallback[] {
  const variants = Object.entries(createCallbackTemplates()).filter(([name, { platform }]) => name === platform);
  const sources = variants.flatMap(([platform, { templates }]) =>
    TEMPLATES.map((name) => ({ platform, template: templates[name] })),
  );
  return Array.from({ length: count }, (_, number) => {
    const { platform, template } = sources[number % sources.length] ?? {};
    if (!platform || !template) throw new Error('There is no callback template.');
    return { platform, number, callback: template.sign(template.build(number, at), at) };
  });
}

export interface CallbackResult {
  sent: NumberedCallback;
  /** 0 without a response. */
  status: number;
  /** Of the API, as in the function's event. */
  requestId: string;
  /** From the time at which it was due to be sent until the whole response. */
  ms: number;
}

/** Sends each callback at its time, in spite of slow responses. @param intervalMs between two callbacks */
export async function sendCallbacks(
  callbacks: readonly NumberedCallback[],
  urlOf: (callback: NumberedCallback) => string,
  intervalMs: number,
): Promise<CallbackResult[]> {
  const agent = new Agent({ keepAlive: true });
  const began = performance.now();
  const pending: Promise<CallbackResult>[] = [];
  for (const [index, sent] of callbacks.entries()) {
    const due = began + index * intervalMs;
    await sleep(Math.max(0, due - performance.now()));
    const response = post(urlOf(sent), sent.callback, agent).catch(() => ({ status: 0, requestId: '' }));
    pending.push(response.then((result) => ({ ...result, sent, ms: performance.now() - due })));
  }
  const results = await Promise.all(pending);
  agent.destroy();
  return results;
}

function post(
  url: string,
  { headers, body }: SignedCallback,
  agent: Agent,
): Promise<Pick<CallbackResult, 'status' | 'requestId'>> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', headers, agent }, (response) => {
      const { statusCode: status = 0, headers } = response;
      response.resume().on('error', reject);
      response.on('end', () => resolve({ status, requestId: String(headers['apigw-requestid']) }));
    });
    call.on('error', reject).end(body);
  });
}
