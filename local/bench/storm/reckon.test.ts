import type { Kept } from './outbox';
import { reckon } from './reckon';
import type { Shown } from './shown';

const shown = (events: number, ...names: string[]): Shown => ({ at: 0, events, inGroups: events, names });
const told = (message: string, count = 1): Kept[] =>
  Array.from({ length: count }, (_, index) => ({
    platform: 'slack',
    key: `${message}${index}`,
    outcome: 'delivered',
    message,
  }));

it('finds nothing wrong where chat and outbox agree', () => {
  const found = reckon(4, [shown(3), shown(1, 'a')], [...told('m', 3), ...told('n')]);
  expect(found).toEqual({ accounted: 4, lost: 0, duplicates: 0, untold: 0 });
});

it('counts what the chat does not show as lost', () => {
  expect(reckon(4, [shown(3)], [...told('m', 3)])).toMatchObject({ accounted: 3, lost: 1, untold: 1 });
  expect(reckon(4, [shown(3)], undefined)).toMatchObject({ accounted: 3, lost: 1 });
});

it('does not let one that is lost and one that came twice cancel out', () => {
  expect(reckon(2, [shown(1, 'a'), shown(1, 'a')], undefined)).toMatchObject({ accounted: 2, lost: 1, duplicates: 1 });
  const found = reckon(4, [shown(3), shown(1)], [...told('m', 2), ...told('n'), ...told('o')]);
  expect([found.lost > 0, found.duplicates > 0]).toEqual([true, true]);
});

it('counts what the outbox has as anything but told', () => {
  const folded = told('m').map((kept) => ({ ...kept, outcome: 'deduplicated' }));
  expect(reckon(1, [shown(1)], folded)).toMatchObject({ untold: 1 });
});
