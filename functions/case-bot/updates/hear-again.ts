import { RetryLaterError } from '../domain/errors';
import { isPermanentRejection } from './deliver-reply';
import type { WorkerContext } from '../domain/bureau';
import { handleCaseEvent, type SupportCaseEvent } from './case-event';

/**
 * In seconds, after each try: AWS shows a communication some seconds after it has announced it, and whoever is at the same case is done
 * within a minute, or died at it and is followed after `LEASE`. After the last, the poll finds it.
 */
const PAUSES = [2, 5, 15, 45, 120, 120];

/** Hears an update out of the queue; what is not to be seen yet is put off, longer each time. False: it comes again. */
export async function handleCaseEventWithRetry(
  body: string,
  tries: number,
  bureau: WorkerContext,
  postpone: (seconds: number) => Promise<void>,
): Promise<boolean> {
  try {
    await handleCaseEvent(JSON.parse(body) as SupportCaseEvent, bureau);
    return true;
  } catch (error) {
    const pause = isPermanentRejection(error) ? undefined : PAUSES[tries - 1];
    const facts = { tries, reason: String(error) };
    if (pause === undefined) {
      bureau.log[error instanceof RetryLaterError ? 'warn' : 'error']('update.left-to-the-poll', facts);
      return true;
    }
    bureau.log.info('update.comes-again', { ...facts, seconds: pause });
    await postpone(pause);
    return false;
  }
}
