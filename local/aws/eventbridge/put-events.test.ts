import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { entrySize } from './put-events';
import { type Wired, wireEventBridge } from './wired';

let wired: Wired;

beforeAll(async () => {
  wired = await wireEventBridge();
});

afterAll(() => wired.close());

const good: PutEventsRequestEntry = { Source: 'shop', DetailType: 'x', Detail: '{}' };

it('accepts each entry for itself', async () => {
  const { FailedEntryCount, Entries } = await wired.put(good, { ...good, Detail: '[]' }, good);
  expect(FailedEntryCount).toBe(1);
  expect(Entries?.map((answer) => answer.ErrorCode)).toEqual([undefined, 'MalformedDetail', undefined]);
  expect(Entries?.[0]?.EventId).toMatch(/^[0-9a-f-]{36}$/);
});

it.each<[string, PutEventsRequestEntry, string, string]>([
  ['no source', { DetailType: 'x', Detail: '{}' }, 'InvalidArgument', 'Source is a required argument'],
  ['no detail type', { Source: 'shop', Detail: '{}' }, 'InvalidArgument', 'DetailType is a required argument'],
  ['no detail', { Source: 'shop', DetailType: 'x' }, 'InvalidArgument', 'Detail is a required argument'],
  ['a detail that is no JSON', { ...good, Detail: '{state' }, 'MalformedDetail', 'malformed'],
  ['a detail that is a string', { ...good, Detail: '"x"' }, 'MalformedDetail', 'malformed'],
  ['a source of AWS', { ...good, Source: 'aws.ec2' }, 'NotAuthorizedForSourceException', 'Not authorized'],
  ['an unknown bus', { ...good, EventBusName: 'nowhere' }, 'ResourceNotFoundException', 'nowhere does not exist'],
])('refuses an entry with %s', async (_, entry, code, sentence) => {
  const { FailedEntryCount, Entries } = await wired.put(entry);
  expect(FailedEntryCount).toBe(1);
  expect(Entries?.[0]?.ErrorCode).toBe(code);
  expect(Entries?.[0]?.ErrorMessage).toContain(sentence);
});

it('takes ten entries and no eleventh', async () => {
  const ten = Array.from({ length: 10 }, () => good);
  expect((await wired.put(...ten)).FailedEntryCount).toBe(0);
  await expect(wired.put(...ten, good)).rejects.toMatchObject({ name: 'ValidationException' });
});

it('counts UTF-8 bytes, and fourteen for a time', () => {
  const entry = { Source: '店', DetailType: 'ab', Detail: '{"说":1}', Resources: ['arn', '源'] };
  expect(entrySize(entry)).toBe(3 + 2 + 9 + 3 + 3);
  expect(entrySize({ ...entry, Time: 1 })).toBe(3 + 2 + 9 + 3 + 3 + 14);
});

it('takes 256 KB of Chinese and not a byte more', async () => {
  const room = 256 * 1024 - 'shop'.length - 'x'.length - '{"d":""}'.length;
  const filled = (bytes: number) => ({
    ...good,
    Detail: JSON.stringify({ d: '满'.repeat(bytes / 3) + 'a'.repeat(bytes % 3) }),
  });
  expect((await wired.put(filled(room))).FailedEntryCount).toBe(0);
  await expect(wired.put(filled(room + 1))).rejects.toThrow('over the limit');
  await expect(wired.put(filled(room / 2), filled(room / 2 + 20))).rejects.toThrow('over the limit');
});

it('keeps the time and the resources it was given', async () => {
  const queue = await wired.queue('timed');
  await wired.rule('timed', { source: ['timed'] }, { Arn: queue });
  const Time = new Date('2020-01-02T03:04:05.678Z');
  await wired.put({ ...good, Source: 'timed', Time, Resources: ['arn:aws:s3:::a'] });
  expect(JSON.parse((await wired.received(queue))[0] ?? '')).toMatchObject({
    time: '2020-01-02T03:04:05Z',
    resources: ['arn:aws:s3:::a'],
  });
});
