import { readdirSync } from 'node:fs';
import { findViolation } from '@casebell/im/webhooks';
import { compileFormatter, withBuiltIns } from '../../../functions/notifier/format/formatters';
import { recordingLog } from '../../../functions/shared/log.fixture';
import { originalOf } from './originals';
import { OUTPUTS } from './outputs';

const plugins = readdirSync('plugins', { withFileTypes: true }).filter((entry) => entry.isDirectory());
const formatters = withBuiltIns(
  plugins.map(({ name }) => compileFormatter(require(`../../../plugins/${name}/formatter`).default)),
);

it('the recorded outputs are enough of both kinds and in both languages', () => {
  const count = (language: string, isGood: boolean) =>
    OUTPUTS.filter((one) => one.language === language && (one.verdict === 'good') === isGood).length;
  expect(OUTPUTS.length).toBeGreaterThanOrEqual(60);
  for (const language of ['zh-CN', 'en']) {
    expect(count(language, true)).toBeGreaterThanOrEqual(10);
    expect(count(language, false)).toBeGreaterThanOrEqual(15);
  }
});

it.each(OUTPUTS.map((one) => [one.verdict, one.event, one.text.slice(0, 60), one] as const))(
  'is %s about %s: %s',
  (verdict, event, _, { language, text }) => {
    const objection = findViolation(text, originalOf(event, language, formatters, recordingLog()));
    expect(objection ?? 'good').toBe(verdict);
  },
);
