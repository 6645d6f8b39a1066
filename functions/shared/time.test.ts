import { createTimeZone, FIXED_OFFSETS, formatTime, localDay, nextMonthStart, type TimeZone } from './time';

const zone = (name: string): TimeZone => createTimeZone(name) as TimeZone;

/** The offset that Intl knows, in minutes. */
function offsetByIntl(name: string, at: number): number {
  const text = new Date(at).toLocaleString('sv', { timeZone: name });
  return Math.round((Date.parse(`${text.replace(' ', 'T')}Z`) - at) / 60_000);
}

it.each(Object.keys(FIXED_OFFSETS))('%s has had the same offset since 2010', (name) => {
  for (let month = 0; month < 12 * 25; month += 1) {
    const at = Date.UTC(2010, month, 15);
    expect(offsetByIntl(name, at)).toBe(zone(name).offsetMinutes(at));
  }
});

it.each([
  ['Europe/Berlin', '2024-01-01T12:00:00Z', '2024-01-01 13:00:00 UTC+01:00'],
  ['Europe/Berlin', '2024-07-01T12:00:00Z', '2024-07-01 14:00:00 UTC+02:00'],
  ['America/St_Johns', '2024-01-01T00:00:00Z', '2023-12-31 20:30:00 UTC-03:30'],
  ['asia/kathmandu', '2024-01-01T00:00:00Z', '2024-01-01 05:45:00 UTC+05:45'],
  ['Asia/Shanghai', '2024-06-01T12:00:00.000+0000', '2024-06-01 20:00:00 UTC+08:00'],
  ['Asia/Shanghai', 'Sat, 05 Jun 2016 15:10:09 GMT', '2016-06-05 23:10:09 UTC+08:00'],
  ['Asia/Shanghai', '2024-06-01T12:00:00', '2024-06-01 20:00:00 UTC+08:00'],
  ['UTC', '2024-06-01T12:00:00Z', '2024-06-01 12:00:00 UTC'],
  ['Etc/GMT', '2024-06-01T12:00:00Z', '2024-06-01 12:00:00 UTC'],
])('formatTime() in %s shows %s with its offset', (name, when, shown) => {
  expect(formatTime(when, zone(name))).toBe(shown);
});

it.each(['i-0abc 2024', '2018-11-27T01:30:00Z <<fill this in>>', 'item 5', ''])(
  'formatTime() returns %j unchanged',
  (text) => expect(formatTime(text, zone('Asia/Shanghai'))).toBe(text),
);

it.each(['UTC+8', 'Mars/Olympus', '', '+08:00', '__proto__'])('createTimeZone() knows no zone %j', (name) => {
  expect(createTimeZone(name)).toBeUndefined();
});

it('a day and a month begin at local midnight', () => {
  const at = Date.parse('2024-06-30T16:30:00Z');
  expect([localDay(at, zone('Asia/Shanghai')), localDay(at, zone('UTC'))]).toEqual(['2024-07-01', '2024-06-30']);
  expect(new Date(nextMonthStart(at, zone('Asia/Shanghai'))).toISOString()).toBe('2024-07-31T16:00:00.000Z');
  expect(new Date(nextMonthStart(Date.parse('2024-03-15T00:00:00Z'), zone('Europe/Berlin'))).toISOString()).toBe(
    '2024-03-31T22:00:00.000Z',
  );
});
