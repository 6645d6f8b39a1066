import type { Card } from './card';
import type { Channel, Webhook, World } from './channel';
import { post } from './delivery';
import { platformOf } from './platforms';

/** No platform's title is cut before this. */
const SURE_TO_STAY = 60;

/** The road to the team behind this webhook. Throws an Error without the url in it when the webhook is nobody's. */
export function openChannel(webhook: Webhook, world: World): Channel {
  const platform = platformOf(webhook.url);
  return {
    platform: platform.name,
    async send(card, once) {
      const payloads = platform.render(platform.knowsKeywords ? withKeyword(card, webhook.keyword) : card);
      for (const [at, payload] of payloads.entries()) {
        await post(platform, payload, webhook, world, at > 0 && once ? `${once}-${at + 1}` : once);
      }
    },
  };
}

/** The title is in every part of a card, so the word that the robot wants to see is put there. */
function withKeyword(card: Card, keyword = ''): Card {
  if (card.title.slice(0, SURE_TO_STAY).includes(keyword)) return card;
  return { ...card, title: `${keyword} · ${card.title}` };
}
