import { entryNamed } from '../entry.fixture';
import { parseDeadLetter, serializeDeadLetter } from './dead-letter';

const letterOf = (entry = entryNamed('告警 "quoted" \\n', { incident: 'i', contentHash: 'p' })) =>
  serializeDeadLetter({ destination: 'room-1', platform: 'dingtalk', reason: '机器人已停用', entry });
const changed = (change: (entry: Record<string, unknown>) => unknown) => {
  const letter = JSON.parse(letterOf());
  letter.detail.entry = change(letter.detail.entry);
  return JSON.stringify(letter);
};

it('gives back the entry that was written, with its incident and without one', () => {
  for (const entry of [entryNamed('a', { incident: 'i', contentHash: 'p' }), entryNamed('b')])
    expect(parseDeadLetter(letterOf(entry))).toEqual(entry);
});

it('holds nothing that SQS refuses', () => {
  const entry = entryNamed('a\uffff\ufffe\u0000 😀');
  expect(letterOf(entry)).toMatch(/^[\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u);
  expect(parseDeadLetter(letterOf(entry))).toEqual(entry);
});

it('says in the letter whom it was for and why it was refused', () => {
  expect(JSON.parse(letterOf())).toMatchObject({
    source: 'casebell',
    'detail-type': 'Dead Letter',
    detail: { destination: 'room-1', platform: 'dingtalk', reason: '机器人已停用' },
  });
});

it.each([
  ['nothing', undefined],
  ['an object', JSON.parse(letterOf())],
  ['a text', 'disk full'],
  ['a text about one', `see ${letterOf()}`],
  ['half of one', letterOf().slice(0, 200)],
  ['one without an entry', changed(() => undefined)],
  ['one without a key', changed(({ key: _, ...entry }) => entry)],
  ['one without a card', changed(({ card: _, ...entry }) => entry)],
])('does not take %s for a letter', (_, body) => {
  expect(parseDeadLetter(body)).toBeUndefined();
});

it('fails for a letter whose card is none, so that it stays in the queue', () => {
  expect(() => parseDeadLetter(changed((entry) => ({ ...entry, card: { title: '' } })))).toThrow(/title/);
});

it('does not take over what a letter should not hold', () => {
  const entry = parseDeadLetter(changed((entry) => ({ ...entry, surprise: 1, contentHash: undefined, event: 'none' })));
  expect(entry).toMatchObject({ event: { id: '', source: '', account: '', region: '', time: '' } });
  expect(entry).not.toHaveProperty('surprise');
});
