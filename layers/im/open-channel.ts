import type { Card } from './card';
import type { Channel, Runtime, Webhook } from './channel';
import { post } from './delivery';
import { plainTextMessages } from './plain';
import { platformOf } from './webhook-platforms';

/** No platform's title is cut before this. */
const SURE_TO_STAY = 60;

/** The road to the team behind this webhook. Throws an Error without the url in it when the webhook is nobody's. */
export function openChannel(webhook: Webhook, runtime: Runtime): Channel {
  const platform = platformOf(webhook.url);
  return {
    platform: platform.name,
    rateLimits: platform.rateLimits,
    monthlyQuota: platform.monthlyQuota,
    compose(card, form) {
      const titled = platform.supportsKeywords ? withKeyword(card, webhook.keyword) : card;
      return form === 'plain' ? [plainTextMessages(titled, platform)] : platform.render(titled);
    },
    post: (message, idempotencyKey) => post(platform, message, webhook, runtime, idempotencyKey),
  };
}

/** The title is in every part of a card, so the word that the robot wants to see is put there. */
function withKeyword(card: Card, keyword = ''): Card {
  if (card.title.slice(0, SURE_TO_STAY).includes(keyword)) return card;
  return { ...card, title: `${keyword} · ${card.title}` };
}
