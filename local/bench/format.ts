import { readFileSync } from 'node:fs';
import type { WebhookPlatform } from '@casebell/im/webhooks';
import { formatEvent } from '../../functions/notifier/format/formatters';
import { unwrapEvents } from '../../functions/notifier/ingest/unwrap';
import type { AwsEvent } from '../../plugins/formatter';
import { eventFiles } from '../event-files';
import { createPreviewContext, type PreviewContext } from '../preview/context';
import { type Figure, median } from './figure';

/** Each figure is the median of some runs, because other work on the machine disturbs few of them. */
const RUNS = 5;
const RUN_SECONDS = 0.4;
/** Long enough for V8 to compile the hot code. */
const WARM_UP_SECONDS = 1;
/** Larger are only the extreme sample events, such as 40 instances or 30 KB of text. */
const MAX_TYPICAL_BYTES = 4096;

/** Events per second on one core, from the event to the JSON of the message, on each platform. */
export async function format(): Promise<Figure[]> {
  const context = await createPreviewContext({ language: 'zh-CN', timeZone: 'Asia/Shanghai', plugins: [] });
  const events = eventFiles().flatMap((file) => unwrapEvents(readFileSync(file, 'utf8')));
  const typical = events.filter((event) => JSON.stringify(event).length <= MAX_TYPICAL_BYTES);
  for (const platform of context.platforms) measure(platform, events, context, WARM_UP_SECONDS);
  return [
    ...context.platforms.map((platform) => ({
      ...figureOf(platform, typical, context, `${typical.length} typical samples`),
      goal: { atLeast: 20_000 },
    })),
    ...context.platforms.map((platform) => figureOf(platform, events, context, `all ${events.length} samples`)),
  ];
}

function figureOf(platform: WebhookPlatform, events: AwsEvent[], context: PreviewContext, samples: string): Figure {
  const rates = Array.from({ length: RUNS }, () => measure(platform, events, context, RUN_SECONDS));
  const value = Math.round(median(rates));
  return { bench: 'format', figure: `${platform.name}, ${samples}`, value, unit: 'events/s' };
}

function measure(
  platform: WebhookPlatform,
  events: AwsEvent[],
  { formatters, locale, log }: PreviewContext,
  seconds: number,
): number {
  const began = performance.now();
  let count = 0;
  while (performance.now() - began < seconds * 1000) {
    for (const event of events) {
      const card = formatEvent(event, formatters, locale, log)?.card;
      if (card) JSON.stringify(platform.render(card));
      count += 1;
    }
  }
  return (count * 1000) / (performance.now() - began);
}
