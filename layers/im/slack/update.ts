import type { Card } from '../card';
import { plainTextMessage } from '../card-text';
import type { Payload } from '../channel';
import type { Conversation } from '../chat-app';
import { DeliveryError } from '../errors';
import type { SlackApi } from './api';
import { renderApp } from './controls';
import { slackWebhook } from './webhook';

/**
 * Shows another card in the message that a thread begins with: "chat.update" of docs.slack.dev. The mark of `openPlace` stays on
 * it, because metadata that is not given is kept. Of a card that takes several messages only the first is shown: the others
 * stand in the thread from before. Nobody who is mentioned is called again. Throws DeliveryError.
 */
export async function update(api: SlackApi, message: string, card: Card, { id }: Conversation): Promise<void> {
  const [first = {}] = renderApp(card, true);
  try {
    await show(api, first, message, id);
  } catch (error) {
    if (!(error instanceof DeliveryError && error.payloadRejected)) throw error;
    await show(api, plainTextMessage(card, slackWebhook), message, id);
  }
}

/** What is not given is kept as well, so what is not there any more is said to be empty. */
async function show(api: SlackApi, message: Payload, ts: string, channel: string): Promise<void> {
  await api.write('chat.update', { blocks: [], attachments: [], ...message, channel, ts });
}
