import type { Card } from '../card';
import type { Payload } from '../channel';
import type { Conversation } from '../chat-app';
import { DeliveryError } from '../delivery';
import type { Api } from './api';
import { renderForApp, renderPlain } from './app-card';
import { keyOf } from './key';

/**
 * Says a card in a chat (page "发送消息"): as a card, or in plain words where the card is refused. The same key is shown once
 * within an hour. Throws DeliveryError.
 */
export async function send(api: Api, card: Card, to: Conversation, once?: string): Promise<void> {
  const tell = (message: Payload, part: string | number) => {
    const uuid = once === undefined ? undefined : keyOf(once, to.id, part);
    const body = { receive_id: to.id, ...message, uuid };
    return api({ method: 'POST', path: 'im/v1/messages', query: { receive_id_type: 'chat_id' }, body });
  };
  try {
    for (const [part, message] of renderForApp(card, to.kind).entries()) await tell(message, part);
  } catch (error) {
    if (!(error instanceof DeliveryError && error.unfit)) throw error;
    await tell(renderPlain(card), 'plain');
  }
}
