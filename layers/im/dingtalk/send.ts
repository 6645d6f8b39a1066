import type { Card } from '../card';
import { plainTextMessage } from '../card-text';
import type { Payload, Runtime } from '../channel';
import type { Conversation } from '../chat-app';
import { DeliveryError } from '../errors';
import type { OpenApi } from './api';
import type { Bot } from './bot';
import { renderTalk, uncalled } from './controls';
import { addressOf, sendOpen } from './send-open';
import { sendBySession } from './send-session';
import { sessionOf } from './session';
import { templateOf } from './template';
import { dingtalk } from './webhook';

/** One message on its way. */
type Road = (payload: Payload, idempotencyKey?: string) => Promise<void>;

/**
 * Says it: in answer to what was said, while that may be answered (there people can be called), and by the OpenAPI after
 * that. A message that is refused for what it looks like is said once more in plain words. Throws DeliveryError.
 * @param idempotencyKey one key for each message of it. Only custom robots' messages are documented to have one (`msgUuid`); where a
 * session does not know it, and by the OpenAPI, an answer that is lost on the way means that the message may come twice:
 * a robot cannot ask what was said in a conversation, so it cannot look first, either.
 */
export async function send(
  card: Card,
  to: Conversation,
  idempotencyKey: string | undefined,
  { bot, api, runtime }: Means,
) {
  const session = sessionOf(to, runtime.now());
  const road = roadTo(to, session, { bot, api, runtime });
  const key = (part: string | number) => (idempotencyKey === undefined ? undefined : `${idempotencyKey}.${part}`);
  const [first, ...others] = renderTalk(session ? card : uncalled(card));
  if (!first) return;
  try {
    await road(first, key(1));
  } catch (error) {
    if (!(error instanceof DeliveryError) || !error.payloadRejected) throw error;
    return road(plainTextMessage(card, dingtalk), key('plain'));
  }
  for (const [at, payload] of others.entries()) await road(payload, key(at + 2));
}

/** What it takes to send. */
export interface Means {
  bot: Bot;
  api: OpenApi;
  runtime: Runtime;
}

/** A session that turns out to be over is not tried again for what follows. */
function roadTo(to: Conversation, session: URL | undefined, { bot, api, runtime }: Means): Road {
  let open = session;
  return async (payload, idempotencyKey) => {
    if (open && (await sendBySession(payload, open, idempotencyKey, runtime))) return;
    open = undefined;
    await sendOpen(templateOf(payload), addressOf(to), bot, api);
  };
}
