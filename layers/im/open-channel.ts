import type { Card } from './card';
import type { Channel, Webhook, World } from './channel';
import { post } from './delivery';
import { plainly } from './plain';
import { platformOf } from './platforms';

/** No platform's title is cut before this. */
const SURE_TO_STAY = 60;

/** The road to the team behind this webhook. Throws an Error without the url in it when the webhook is nobody's. */
export function openChannel(webhook: Webhook, world: World): Channel {
  const platform = platformOf(webhook.url);
  return {
    platform: platform.name,
    limits: platform.limits,
    monthlyQuota: platform.monthlyQuota,
    compose(card, form) {
      const titled = platform.knowsKeywords ? withKeyword(card, webhook.keyword) : card;
      return form === 'plain' ? [plainly(titled, platform)] : platform.render(titled);
    },
    post: (message, once) => post(platform, message, webhook, world, once),
  };
}

/** The title is in every part of a card, so the word that the robot wants to see is put there. */
function withKeyword(card: Card, keyword = ''): Card {
  if (card.title.slice(0, SURE_TO_STAY).includes(keyword)) return card;
  return { ...card, title: `${keyword} · ${card.title}` };
}
