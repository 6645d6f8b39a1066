import { type ChatApp, DeliveryError } from '@casebell/im/bots';

/** In seconds: a person waits that long for an answer; after more, the queue brings the message again. */
const PATIENCE = 5;

/** The app, which waits when the platform says that it is asked too often (Slack takes one message a second), and then says it once more. */
export function retryWhenThrottled(app: ChatApp, pause: (ms: number) => Promise<unknown>): ChatApp {
  return {
    ...app,
    async send(card, to, idempotencyKey, isRetry) {
      try {
        await app.send(card, to, idempotencyKey, isRetry);
      } catch (error) {
        const seconds = waitOf(error);
        if (seconds === undefined) throw error;
        await pause(seconds * 1000);
        await app.send(card, to, idempotencyKey, true);
      }
    },
  };
}

function waitOf(error: unknown): number | undefined {
  if (!(error instanceof DeliveryError) || !error.throttled || error.retryAfterSeconds === undefined) return undefined;
  return error.retryAfterSeconds <= PATIENCE ? error.retryAfterSeconds : undefined;
}
