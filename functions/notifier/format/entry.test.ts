import { readFileSync } from 'node:fs';
import type { AwsEvent, DedupKeys, Formatter } from '../../../plugins/formatter';
import { testLocale } from '../../shared/locale.fixture';
import { recordingLog } from '../../shared/log.fixture';
import { NOON } from '../entry.fixture';
import { EC2 } from '../envelopes.fixture';
import { createEntry, openCaseButton } from './entry';
import { compileFormatter, formatEvent, withBuiltIns } from './formatters';

const locale = testLocale('en');
const event = (more: Partial<AwsEvent> = {}): AwsEvent => ({ ...EC2, ...more });

/** A plugin that knows an event by its state's `thing`, and shows its time and `size`. */
const built = (dedupKeys?: (event: AwsEvent) => DedupKeys | undefined, name = 'built-in'): Formatter => ({
  name,
  pattern: { source: ['aws.ec2'] },
  format: ({ time, detail }, { time: show }) => ({
    title: `${name} ${Object(detail).size ?? ''}`,
    severity: 'info',
    quote: show(time),
  }),
  ...(dedupKeys && { dedupKeys }),
});

function entryBy(plugins: readonly Formatter[], from = event()) {
  const log = recordingLog();
  const formatters = withBuiltIns(plugins.map(compileFormatter));
  const made = formatEvent(from, formatters, locale, log);
  if (!made) throw new Error('no card');
  return { log, entry: createEntry(from, made, { formatters, locale, log, accountNames: new Map() }, NOON) };
}

const known = built(({ detail }) => ({ event: Object(detail).thing, incident: 'i' }));
const thing = (name: string, more: Partial<AwsEvent> = {}) => event({ detail: { thing: name, size: 1 }, ...more });

it('createEntry() has one key for events with equal keys of their formatter, whatever else differs', () => {
  const [one, other] = [thing('a'), thing('a', { id: 'copy', region: 'us-west-2', time: '2026-11-21T00:00:00Z' })];
  expect(entryBy([known], one).entry.key).toBe(entryBy([known], other).entry.key);
  expect(entryBy([known], thing('b')).entry.key).not.toBe(entryBy([known], one).entry.key);
});

it('createEntry() hashes id and content where no formatter that matches has keys', () => {
  const unmatched = { ...built(() => ({ event: 'all the same' })), pattern: { source: ['aws.rds'] } };
  const key = (more: Partial<AwsEvent> = {}) => entryBy([unmatched], event(more)).entry.key;
  expect(key()).toBe(key());
  expect(key({ id: 'other' })).not.toBe(key());
  expect(key({ detail: { state: 'running' } })).not.toBe(key());
  expect(entryBy([]).entry).not.toHaveProperty('incident');
});

it('createEntry() takes the keys of a user’s own formatter, or of a built-in one where it has none', () => {
  const { entry } = entryBy([built(undefined, 'mine'), known], thing('a'));
  const { key, incident } = entryBy([known], thing('a')).entry;
  expect(entry).toMatchObject({ formatter: 'mine', key, incident });
  const mine = built(() => ({ event: 'mine' }), 'mine');
  expect(entryBy([mine, known], thing('a')).entry.key).toBe(entryBy([mine, known], thing('b')).entry.key);
});

it('createEntry() logs a dedupKeys() that throws, and asks the next formatter', () => {
  const broken = built(() => {
    throw new Error('oops');
  }, 'broken');
  const { entry, log } = entryBy([broken, known], thing('a'));
  expect(entry.key).toBe(entryBy([known], thing('a')).entry.key);
  const line = { level: 'error', event: 'formatter.failed', formatter: 'broken', reason: 'Error: oops' };
  expect(log.lines).toContainEqual(expect.objectContaining(line));
  expect(entryBy([broken]).entry.key).toBe(entryBy([]).entry.key);
});

it('createEntry() keeps equal keys of two formatters apart', () => {
  const [one, other] = ['one', 'other'].map((name) => entryBy([built(() => ({ event: 1, incident: 1 }), name)]).entry);
  expect(one?.key).not.toBe(other?.key);
  expect(one?.incident).not.toBe(other?.incident);
});

it('createEntry() has a key for each event where a formatter names only the incident', () => {
  const only = built(() => ({ incident: 'i' }));
  const [one, other] = ['1', '2'].map((id) => entryBy([only], event({ id })).entry);
  expect(one?.incident).toBe(other?.incident);
  expect(one?.key).not.toBe(other?.key);
});

it('createEntry() has one content hash for cards that differ in nothing but times', () => {
  const print = (more: Partial<AwsEvent>) => entryBy([known], thing('a', more)).entry.contentHash;
  expect(print({ time: '2026-01-01T00:00:00Z' })).toBe(print({ time: '2026-12-31T00:00:00Z' }));
  expect(print({ detail: { size: 2 } })).not.toBe(print({ detail: { size: 1 } }));
});

it('createEntry() stores the origin of the event and the time at which it was enqueued', () => {
  const { id, source, account, region, time } = EC2;
  expect(entryBy([known]).entry).toMatchObject({ enqueuedAt: NOON, event: { id, source, account, region, time } });
});

const read = (name: string): AwsEvent => JSON.parse(readFileSync(`events/${name}.json`, 'utf8'));
const names = new Map([['111122223333', 'prod']]);
const button = (name: string, language: 'zh-CN' | 'en' = 'zh-CN') =>
  openCaseButton(read(name), testLocale(language), names);

it('openCaseButton() fills in what a Health event contains', () => {
  expect(button('health-issue-open')).toEqual({
    label: '开工单（把下面几行发给工单机器人）',
    command: [
      '开工单',
      'account: prod',
      'subject: AWS_EC2_OPERATIONAL_ISSUE (us-east-1)',
      'serviceCode: EC2',
      'body: 关于 AWS Health 事件 arn:aws:health:us-east-1::event/EC2/AWS_EC2_OPERATIONAL_ISSUE/AWS_EC2_OPERATIONAL_ISSUE_5b89633eb193',
      '账号 111122223333，区域 us-east-1',
    ].join('\n'),
  });
  expect(button('health-abuse-dos', 'en')?.command).toMatch(/^open\n/);
});

it('openCaseButton() lists at most 20 affected resources', () => {
  const command = button('health-scheduled-change-many-instances')?.command ?? '';
  expect(command.split('\n').at(-1)).toMatch(/^资源 i-\w+(, i-\w+){19}, … \(\+\d+\)$/);
});

it('openCaseButton() keeps an event from adding fields to the form', () => {
  const event = read('health-issue-open');
  const detail = { ...Object(event.detail), service: 'EC2\nseverityCode: critical', eventArn: 'x\ncc: a@b.c' };
  const { command = '' } = openCaseButton({ ...event, detail }, testLocale('en'), names) ?? {};
  expect(command).not.toMatch(/^(severityCode|cc):/m);
});

it('openCaseButton() returns undefined for other events', () => {
  expect(button('ec2-stopped')).toBeUndefined();
});
