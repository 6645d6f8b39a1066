import type { Card } from '../card';
import type { Conversation } from '../chat-app';
import { DeliveryError } from '../errors';
import type { Api } from './api';
import { refused } from './api-call';
import { renderInOne, renderWords } from './app-card';
import { isId } from './inside';

/**
 * Shows another card where a message stands: page "更新应用发送的消息卡片", which allows it for 14 days after it was sent, and
 * five times a second. A card is cut to what one message holds, and shown in plain words where it is refused. Throws DeliveryError.
 */
export async function update(api: Api, message: string, card: Card, at: Conversation): Promise<void> {
  if (!isId(message)) throw refused('this is no message');
  const show = (content: string) => api({ method: 'PATCH', path: `im/v1/messages/${message}`, body: { content } });
  try {
    await show(renderInOne(card, at.kind));
  } catch (error) {
    if (!(error instanceof DeliveryError && error.payloadRejected)) throw error;
    await show(renderWords(card));
  }
}
