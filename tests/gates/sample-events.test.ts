import { readdirSync, readFileSync } from 'node:fs';
import { WEBHOOK_PLATFORMS, type WebhookPlatform } from '@casebell/im/webhooks';
import {
  type FormattedEvent,
  formatEvent,
  loadFormatters,
  withBuiltIns,
} from '../../functions/notifier/format/formatters';
import { unwrapEvents } from '../../functions/notifier/ingest/unwrap';
import { testLocale } from '../../functions/shared/locale.fixture';
import { recordingLog } from '../../functions/shared/log.fixture';
import type { Language } from '../../plugins/formatter';

/** The plugins as they are deployed: a test of what the user gets, not of our sources. */
const BUILT_IN = 'dist/layers/plugins/nodejs/plugins/built-in';
const files = readdirSync('events').filter((name) => name.endsWith('.json'));
const OURS = ['health-abuse', 'health', 'ec2', 'alarm', 'guardduty', 'cost-anomaly'] as const;
const NAMES = {
  ec2: 'ec2-state',
  alarm: 'cloudwatch-alarm',
  health: 'health',
  'health-abuse': 'health-abuse',
  guardduty: 'guardduty',
  'cost-anomaly': 'cost-anomaly',
};

async function made(file: string, language: Language): Promise<FormattedEvent> {
  const log = recordingLog();
  const formatters = withBuiltIns(await loadFormatters([BUILT_IN], log));
  const [event, ...others] = unwrapEvents(readFileSync(`events/${file}`, 'utf8'));
  const card = event && formatEvent(event, formatters, testLocale(language), log);
  expect([others, log.lines]).toEqual([[], []]);
  if (!card) throw new Error(`${file} has no card`);
  return card;
}

const sizes = ({ card }: FormattedEvent, { render }: WebhookPlatform): number[] =>
  render(card).map((payload) => Buffer.byteLength(JSON.stringify(payload)));

describe.each(['zh-CN', 'en'] as const)('in %s', (language) => {
  it.each(files)('%s is a card on every platform, under its limit', async (file) => {
    const formatted = await made(file, language);
    for (const platform of WEBHOOK_PLATFORMS) {
      const largest = Math.max(...sizes(formatted, platform));
      expect(largest).toBeGreaterThan(0);
      expect(largest).toBeLessThanOrEqual(platform.maxBytes);
    }
  });
});

it.each(OURS)('samples of %s are formatted by their own formatter', async (kind) => {
  const samples = files.filter((file) => OURS.find((one) => file.startsWith(`${one}-`)) === kind);
  const formatted = await Promise.all(samples.map((file) => made(file, 'en')));
  expect([...new Set(formatted.map(({ formatter }) => formatter))]).toEqual([NAMES[kind]]);
});
