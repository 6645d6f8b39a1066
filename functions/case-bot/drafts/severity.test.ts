import { saysDown, severityOf } from './severity';
import { productionIsDown, productionIsNotDown } from './severity.test.json';

const OFFERED = ['low', 'normal', 'high', 'urgent', 'critical'].map((code) => ({ code, name: code }));

it.each(productionIsDown)('finds that production is down in: %s', (text) => {
  expect(saysDown(text)).toBe(true);
});

it.each(productionIsNotDown)('does not find that production is down in: %s', (text) => {
  expect(saysDown(text)).toBe(false);
});

it('proposes more than normal only where the person says that production is down, and only what AWS offers', () => {
  const down = 'Our production site is down.';
  expect(severityOf('urgent', down, OFFERED)).toBe('urgent');
  expect(severityOf('urgent', 'It is slow.', OFFERED)).toBe('normal');
  expect(severityOf('low', 'It is slow.', OFFERED)).toBe('low');
  expect(severityOf('urgent', down, OFFERED.slice(0, 1))).toBeUndefined();
});
