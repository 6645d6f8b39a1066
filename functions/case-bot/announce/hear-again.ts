import { Busy, Later } from '../misunderstanding';
import type { Bureau } from './bureau';
import { hear, type SupportEvent } from './hear';

/** In seconds, after each try: AWS shows a communication some seconds after it has announced it. After the last, the poll finds it. */
const PAUSES = [2, 5, 15, 45, 120];
/** In seconds, while somebody else tells of the same case. */
const MOMENT = 2;

/** Hears an update out of the queue; what is not to be seen yet is put off, longer each time. False: it comes again. */
export async function hearAgain(
  body: string,
  tries: number,
  bureau: Bureau,
  postpone: (seconds: number) => Promise<void>,
): Promise<boolean> {
  try {
    await hear(JSON.parse(body) as SupportEvent, bureau);
    return true;
  } catch (error) {
    const pause = PAUSES[tries - 1] && error instanceof Busy ? MOMENT : PAUSES[tries - 1];
    const facts = { tries, reason: String(error) };
    if (pause === undefined) bureau.log.warn('update.left-to-the-poll', facts);
    else bureau.log.info('update.comes-again', { ...facts, seconds: pause });
    if (pause !== undefined) await postpone(pause);
    if (!(error instanceof Later) && pause === undefined) throw error;
    return pause === undefined;
  }
}
