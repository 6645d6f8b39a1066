import { entryNamed } from '../entry.fixture';
import { parseDeadLetter, serializeDeadLetter } from './dead-letter';

const bodyOf = (entry = entryNamed('告警 "quoted" \\n', { incident: 'i', contentHash: 'p' })) =>
  serializeDeadLetter({ destination: 'room-1', platform: 'dingtalk', reason: '机器人已停用', entry });
const changed = (change: (entry: Record<string, unknown>) => unknown) => {
  const deadLetter = JSON.parse(bodyOf());
  deadLetter.detail.entry = change(deadLetter.detail.entry);
  return JSON.stringify(deadLetter);
};

it('parseDeadLetter() returns the serialized entry, which contains no character that SQS rejects', () => {
  for (const entry of [entryNamed('a', { incident: 'i', contentHash: 'p' }), entryNamed('a\uffff\ufffe\u0000 😀')]) {
    expect(bodyOf(entry)).toMatch(/^[\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u);
    expect(parseDeadLetter(bodyOf(entry))).toEqual(entry);
  }
});

it('serializeDeadLetter() contains the destination and the reason', () => {
  expect(JSON.parse(bodyOf())).toMatchObject({
    source: 'casebell',
    'detail-type': 'Dead Letter',
    detail: { destination: 'room-1', platform: 'dingtalk', reason: '机器人已停用' },
  });
});

it.each([
  ['nothing', undefined],
  ['an object', JSON.parse(bodyOf())],
  ['a text', 'disk full'],
  ['a text about one', `see ${bodyOf()}`],
  ['half of one', bodyOf().slice(0, 200)],
  ['one without an entry', changed(() => undefined)],
  ['one without a key', changed(({ key: _, ...entry }) => entry)],
  ['one without a card', changed(({ card: _, ...entry }) => entry)],
])('parseDeadLetter() returns undefined for %s', (_, body) => {
  expect(parseDeadLetter(body)).toBeUndefined();
});

it('parseDeadLetter() throws for a wrong card, so that the message stays in the queue', () => {
  expect(() => parseDeadLetter(changed((entry) => ({ ...entry, card: { title: '' } })))).toThrow(/title/);
});

it('parseDeadLetter() ignores unknown fields', () => {
  const entry = parseDeadLetter(changed((entry) => ({ ...entry, surprise: 1, contentHash: undefined, event: 'none' })));
  expect(entry).toMatchObject({ event: { id: '', source: '', account: '', region: '', time: '' } });
  expect(entry).not.toHaveProperty('surprise');
});
