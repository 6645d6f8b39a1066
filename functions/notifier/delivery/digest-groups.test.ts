import { testLocale } from '../../shared/locale.fixture';
import { cardNamed, entryNamed, itemOf, many, NOON } from '../entry.fixture';
import { groupItems } from './digest';
import { happenedAt, timeSpan } from './incidents';

const locale = testLocale('en');
const at = (...times: string[]) => times.map((time) => itemOf(entryNamed(time, {}, { time })));

it('groupItems() groups by formatter, severity, account and Region', () => {
  const items = [
    itemOf(entryNamed('a')),
    itemOf(entryNamed('b')),
    itemOf(entryNamed('c', { formatter: 'health' })),
    itemOf(entryNamed('d', { card: cardNamed('d', { severity: 'info' }) })),
    itemOf(entryNamed('e', {}, { account: '444455556666' })),
    itemOf(entryNamed('f', {}, { region: 'cn-north-1' })),
  ];
  expect(groupItems(items).map((group) => group.items.map(({ entry }) => entry.event.id).join())).toEqual([
    'a,b',
    'c',
    'e',
    'f',
    'd',
  ]);
});

it('groupItems() returns the most severe group first, then the largest', () => {
  const of = (severity: 'critical' | 'warning' | 'info' | 'resolved', formatter: string, count: number) =>
    many(count, () => itemOf(entryNamed(formatter, { formatter, card: cardNamed(formatter, { severity }) })));
  const items = [...of('resolved', 'r', 9), ...of('info', 'i', 8), ...of('warning', 'w', 7), ...of('critical', 'c', 1)];
  const groups = groupItems([...items, ...of('critical', 'more', 2)]);
  expect(groups.map(({ formatter }) => formatter)).toEqual(['more', 'c', 'w', 'i', 'r']);
});

it('groupItems() keeps values apart that are equal only when joined', () => {
  const items = [
    itemOf(entryNamed('a', { formatter: 'x' }, { account: '1', region: '2' })),
    itemOf(entryNamed('b', { formatter: 'x' }, { account: '12', region: '' })),
  ];
  expect(groupItems(items)).toHaveLength(2);
});

it('timeSpan() shows the first and the last time, and a day or time once where it is equal', () => {
  expect(timeSpan(at('2026-05-01T03:00:00Z'), locale)).toBe('2026-05-01 11:00:00 UTC+08:00');
  expect(timeSpan(at('2026-05-01T03:04:07Z', '2026-05-01T03:00:00Z'), locale)).toBe(
    '2026-05-01 11:00:00 UTC+08:00 – 11:04:07',
  );
  expect(timeSpan(at('2026-05-01T03:00:00Z', '2026-05-01T17:00:00Z'), locale)).toBe(
    '2026-05-01 11:00:00 UTC+08:00 – 2026-05-02 01:00:00',
  );
});

it('happenedAt() is the time of enqueuing where the event has none', () => {
  const times = ['', 'soon', '2026-05-01T03:00:00Z'].map((time) => happenedAt(entryNamed('a', {}, { time })));
  expect(times).toEqual([NOON, NOON, Date.parse('2026-05-01T03:00:00Z')]);
});
