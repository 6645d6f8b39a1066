import { aggregate } from './aggregate';
import type { ObservedMessage } from './observed';
import type { OutboxEntry } from './target';

const shown = (events: number, ...names: string[]): ObservedMessage => ({ at: 0, events, inGroups: events, names });
const delivered = (message: string, count = 1): OutboxEntry[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ platform: 'slack', key: `${message}${index}`, outcome: 'delivered', message },
  }));

describe('aggregate()', () => {
  it('finds nothing wrong if chat and outbox agree', () => {
    const totals = aggregate(4, [shown(3), shown(1, 'a')], [...delivered('m', 3), ...delivered('n')]);
    expect(totals).toEqual({ shown: 4, lost: 0, duplicates: 0, undelivered: 0 });
  });

  it('counts events that the chat does not show as lost', () => {
    expect(aggregate(4, [shown(3)], delivered('m', 3))).toMatchObject({ shown: 3, lost: 1, undelivered: 1 });
  });

  it('does not let a lost event and a duplicate cancel out', () => {
    const named = [shown(1, 'a'), shown(1, 'a')];
    expect(aggregate(2, named, [...delivered('m'), ...delivered('n')])).toMatchObject({ lost: 1, duplicates: 1 });
    const outbox = [...delivered('m', 2), ...delivered('n'), ...delivered('o')];
    const { lost, duplicates } = aggregate(4, [shown(3), shown(1)], outbox);
    expect([lost > 0, duplicates > 0]).toEqual([true, true]);
  });

  it('counts entries with another outcome as undelivered', () => {
    const deduplicated = delivered('m').map((entry) => ({ ...entry, outcome: 'deduplicated' }));
    expect(aggregate(1, [shown(1)], deduplicated)).toMatchObject({ undelivered: 1 });
  });
});
