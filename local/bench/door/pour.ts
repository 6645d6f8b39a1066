import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SignedCallback } from '../../chat/workspace';
import type { Letter } from './letters';

/** How one callback was answered. */
export interface Answer {
  letter: Letter;
  /** 0: not at all. */
  status: number;
  /** Of the API, as the function's event has it. */
  requestId: string;
  /** From the moment at which it was due to be sent, whether or not we were late, until the whole answer was there. */
  ms: number;
}

/** Sends each at its time, however long the others take, and gives the answers. @param pause ms from one to the next */
export async function pour(
  letters: readonly Letter[],
  urlOf: (letter: Letter) => string,
  pause: number,
): Promise<Answer[]> {
  const agent = new Agent({ keepAlive: true });
  const began = performance.now();
  const underWay: Promise<Answer>[] = [];
  for (const [index, letter] of letters.entries()) {
    const due = began + index * pause;
    await sleep(Math.max(0, due - performance.now()));
    const answered = post(urlOf(letter), letter.call, agent).catch(() => ({ status: 0, requestId: '' }));
    underWay.push(answered.then((answer) => ({ ...answer, letter, ms: performance.now() - due })));
  }
  const answers = await Promise.all(underWay);
  agent.destroy();
  return answers;
}

function post(
  url: string,
  { headers, body }: SignedCallback,
  agent: Agent,
): Promise<Pick<Answer, 'status' | 'requestId'>> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', headers, agent }, (response) => {
      const { statusCode: status = 0, headers } = response;
      response.resume().on('error', reject);
      response.on('end', () => resolve({ status, requestId: String(headers['apigw-requestid']) }));
    });
    asked.on('error', reject).end(body);
  });
}
