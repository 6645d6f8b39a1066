import type { Card } from '../card';
import type { Payload } from '../channel';
import type { Conversation } from '../chat-app';
import { DeliveryError } from '../errors';
import type { Api } from './api';
import { renderForApp, renderPlain } from './app-card';
import { isId, textInside } from './inside';
import { keyOf } from './key';

/**
 * Says a card in a chat (page "发送消息"): as a card, or in plain words where the card is refused. The same key is shown once
 * within an hour; later nothing is looked at, and it is shown again. Gives the id of the first message, where that is a card.
 * Throws DeliveryError.
 */
export async function send(
  api: Api,
  card: Card,
  to: Conversation,
  idempotencyKey?: string,
): Promise<string | undefined> {
  const key = (part: string | number) =>
    idempotencyKey === undefined ? undefined : keyOf(idempotencyKey, to.id, part);
  const told: (string | undefined)[] = [];
  try {
    for (const [part, message] of renderForApp(card, to.kind).entries())
      told.push(await tell(api, message, to, key(part)));
  } catch (error) {
    if (!(error instanceof DeliveryError && error.payloadRejected)) throw error;
    await tell(api, renderPlain(card), to, key('plain'));
  }
  return told[0];
}

/** Says one message and gives its id. The API looks at the key alone, not at what is said. Throws DeliveryError. */
export async function tell(api: Api, message: Payload, to: Conversation, uuid?: string): Promise<string | undefined> {
  const body = { receive_id: to.id, ...message, uuid };
  const answer = await api({ method: 'POST', path: 'im/v1/messages', query: { receive_id_type: 'chat_id' }, body });
  const id = textInside(answer, 'data', 'message_id');
  return isId(id) ? id : undefined;
}
