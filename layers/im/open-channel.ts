import type { Card } from './card';
import type { Channel, Webhook, World } from './channel';
import { post } from './delivery';
import { platformOf } from './platforms';

/** No platform's title is cut before this. */
const SURE_TO_STAY = 60;

/** The road to the team behind this webhook. Throws an Error without the url in it when the webhook is nobody's. */
export function openChannel(webhook: Webhook, world: World): Channel {
  const platform = platformOf(webhook.url);
  const progress = openProgress();
  return {
    platform: platform.name,
    async send(card, once) {
      const payloads = platform.render(platform.knowsKeywords ? withKeyword(card, webhook.keyword) : card);
      const arrived = progress.of(once);
      for (const [index, payload] of payloads.slice(arrived).entries()) {
        const part = arrived + index + 1;
        await post(platform, payload, webhook, world, part > 1 && once ? `${once}-${part}` : once);
        progress.set(once, part < payloads.length ? part : 0);
      }
    },
  };
}

const MOST_UNFINISHED = 100;

/** How many parts of an unfinished card have arrived, by its idempotency key: the next try goes on from there. */
function openProgress() {
  const unfinished = new Map<string, number>();
  return {
    of: (once = ''): number => unfinished.get(once) ?? 0,
    set(once = '', arrived: number): void {
      if (unfinished.size >= MOST_UNFINISHED) unfinished.clear();
      if (once && arrived) unfinished.set(once, arrived);
      else unfinished.delete(once);
    },
  };
}

/** The title is in every part of a card, so the word that the robot wants to see is put there. */
function withKeyword(card: Card, keyword = ''): Card {
  if (card.title.slice(0, SURE_TO_STAY).includes(keyword)) return card;
  return { ...card, title: `${keyword} · ${card.title}` };
}
