import { readFileSync } from 'node:fs';
import type { WebhookPlatform } from '@casebell/im/webhooks';
import { formatEvent } from '../../functions/notifier/format/formatters';
import { unwrapEvents } from '../../functions/notifier/ingest/unwrap';
import type { AwsEvent } from '../../plugins/formatter';
import { eventFiles } from '../event-files';
import { openWorkshop, type Workshop } from '../preview/workshop';
import { type Figure, median } from './figure';

/** Each figure is the median of so many slices, in seconds: other work on the machine spoils one, not most. */
const SLICES = 5;
const SLICE = 0.4;
/** Long enough for V8 to have compiled what is hot. */
const WARM_UP_SECONDS = 1;
/** Bytes of JSON; what is larger are our extreme samples (40 instances, 30 KB of text), which nobody gets every day. */
const TYPICAL = 4096;

/** Events a second on one core, from AwsEvent to the payload's JSON, one figure per platform. */
export async function format(): Promise<Figure[]> {
  const workshop = await openWorkshop({ language: 'zh-CN', timeZone: 'Asia/Shanghai', plugins: [] });
  const events = eventFiles().flatMap((file) => unwrapEvents(readFileSync(file, 'utf8')));
  const typical = events.filter((event) => JSON.stringify(event).length <= TYPICAL);
  for (const platform of workshop.platforms) measure(platform, events, workshop, WARM_UP_SECONDS);
  return [
    ...workshop.platforms.map((platform) => ({
      ...figureOf(platform, typical, workshop, `${typical.length} typical samples`),
      goal: { atLeast: 20_000 },
    })),
    ...workshop.platforms.map((platform) => figureOf(platform, events, workshop, `all ${events.length} samples`)),
  ];
}

function figureOf(platform: WebhookPlatform, events: AwsEvent[], workshop: Workshop, what: string): Figure {
  const slices = Array.from({ length: SLICES }, () => measure(platform, events, workshop, SLICE));
  const value = Math.round(median(slices));
  return { bench: 'format', figure: `${platform.name}, ${what}`, value, unit: 'events/s' };
}

function measure(
  platform: WebhookPlatform,
  events: AwsEvent[],
  { formatters, locale, log }: Workshop,
  seconds: number,
): number {
  const began = performance.now();
  let made = 0;
  while (performance.now() - began < seconds * 1000) {
    for (const event of events) {
      const card = formatEvent(event, formatters, locale, log)?.card;
      if (card) JSON.stringify(platform.render(card));
      made += 1;
    }
  }
  return (made * 1000) / (performance.now() - began);
}
