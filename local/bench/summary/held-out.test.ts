import { readdirSync } from 'node:fs';
import { saysDown } from '../../../functions/case-bot/drafting/severity';
import { compileFormatter, withBuiltIns } from '../../../functions/notifier/format/formatters';
import { recordingLog } from '../../../functions/shared/log.fixture';
import { HELD_OUT, verdictOnHeldOut } from './held-out';
import { DOWN } from './held-out/down';
import { originalOf } from './originals';

const plugins = readdirSync('plugins', { withFileTypes: true }).filter((entry) => entry.isDirectory());
const formatters = withBuiltIns(
  plugins.map(({ name }) => compileFormatter(require(`../../../plugins/${name}/formatter`).default)),
);
const verdictOn = (one: (typeof HELD_OUT)[number]): string =>
  verdictOnHeldOut(one, (event, language) => originalOf(event, language, formatters, recordingLog()));
const rows = (isBeyond: boolean) =>
  HELD_OUT.filter(({ beyond }) => (beyond !== undefined) === isBeyond).map(
    (one) => [one.verdict, one.about, one.text.slice(0, 60), one] as const,
  );

it.each(rows(false))('is %s, %s: %s', (verdict, _about, _text, one) => {
  expect(verdictOn(one) === 'good').toBe(verdict === 'good');
});

it.each(rows(true))('cannot tell that it is %s, %s: %s', (verdict, _about, _text, one) => {
  expect(verdictOn(one) === 'good').toBe(verdict === 'bad');
});

it.each(DOWN)('that production is down is %s of: %s', (isDown, text) => {
  expect(saysDown(text)).toBe(isDown);
});
