import { type ChatApp, DeliveryError } from '@casebell/im/bots';

/** A longer wait is left to the queue: a person waits for the response. */
const MAX_WAIT_SECONDS = 5;

/** Sends a throttled message once more after the wait that the platform asks for (Slack accepts one message per second). */
export function retryWhenThrottled(app: ChatApp, sleep: (ms: number) => Promise<unknown>): ChatApp {
  return {
    ...app,
    async send(card, to, idempotencyKey, isRetry) {
      try {
        await app.send(card, to, idempotencyKey, isRetry);
      } catch (error) {
        const seconds = error instanceof DeliveryError && error.throttled ? error.retryAfterSeconds : undefined;
        if (seconds === undefined || seconds > MAX_WAIT_SECONDS) throw error;
        await sleep(seconds * 1000);
        await app.send(card, to, idempotencyKey, true);
      }
    },
  };
}
