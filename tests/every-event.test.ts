import { readdirSync, readFileSync } from 'node:fs';
import { PLATFORMS } from '@casebell/im';
import { format, loadFormatters } from '../functions/notifier/formatters';
import { listeningLog } from '../functions/notifier/log.fixture';
import { withOurOwn } from '../functions/notifier/own-formatters';
import { speak } from '../functions/notifier/say';
import { unwrap } from '../functions/notifier/unwrap';

/** The plugins as they are deployed: a test of what the user gets, not of our sources. */
const BUILT_IN = 'dist/layers/plugins/nodejs/plugins/built-in';
const files = readdirSync('events').filter((name) => name.endsWith('.json'));
const OURS: Readonly<Record<string, string>> = {
  alarm: 'cloudwatch-alarm',
  ec2: 'ec2-state',
  guardduty: 'guardduty',
  'health-abuse': 'health-abuse',
  health: 'health',
};

describe.each(['zh-CN', 'en'] as const)('in %s', (language) => {
  const say = speak(language);

  it.each(files)('%s is a card on every platform, under its limit', async (file) => {
    const log = listeningLog();
    const formatters = withOurOwn(await loadFormatters([BUILT_IN], log));
    const events = unwrap(readFileSync(`events/${file}`, 'utf8'));
    expect(events).toHaveLength(1);
    for (const event of events) {
      const made = format(event, formatters, say, log);
      const expected = Object.keys(OURS).find((kind) => file.startsWith(`${kind}-`));
      if (expected) expect(made?.by).toBe(OURS[expected]);
      for (const platform of PLATFORMS) {
        const payloads = made ? platform.render(made.card) : [];
        expect(payloads.length).toBeGreaterThan(0);
        for (const payload of payloads)
          expect(Buffer.byteLength(JSON.stringify(payload))).toBeLessThanOrEqual(platform.limit);
      }
    }
    expect(log.lines).toEqual([]);
  });
});

it('there are samples of every built-in formatter', () => {
  for (const kind of Object.keys(OURS)) expect(files.some((file) => file.startsWith(`${kind}-`))).toBe(true);
});
