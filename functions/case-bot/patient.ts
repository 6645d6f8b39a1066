import { type ChatApp, DeliveryError } from '@casebell/im';

/** In seconds: a person waits that long for an answer; after more, the queue brings the message again. */
const PATIENCE = 5;

/** The app, which waits when the platform says that it is asked too often (Slack takes one message a second), and then says it once more. */
export function patient(app: ChatApp, pause: (ms: number) => Promise<unknown>): ChatApp {
  return {
    ...app,
    async send(card, to, once) {
      try {
        await app.send(card, to, once);
      } catch (error) {
        const seconds = waitOf(error);
        if (seconds === undefined) throw error;
        await pause(seconds * 1000);
        await app.send(card, to, once);
      }
    },
  };
}

function waitOf(error: unknown): number | undefined {
  if (!(error instanceof DeliveryError) || !error.throttled || error.retryAfter === undefined) return undefined;
  return error.retryAfter <= PATIENCE ? error.retryAfter : undefined;
}
