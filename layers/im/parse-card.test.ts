import { parseCard } from './webhooks';

const WHOLE = {
  title: 't',
  severity: 'critical',
  summary: { label: 'AI', value: 's' },
  text: 'x',
  facts: [{ label: 'a', value: 'b' }],
  quote: 'q',
  links: [{ label: 'l', url: 'https://a.example' }],
  buttons: [{ label: 'b', command: 'close' }],
  form: {
    command: 'open',
    submit: 'Open',
    instructions: 'Copy this',
    fields: [{ name: 'n', label: 'N', options: [{ label: 'A', value: 'a' }], required: true }],
  },
  mentions: [{ id: 'u', name: 'n' }, { mobile: '13800000000' }, { everyone: true }],
};

it('parseCard() returns a complete card as it is', () => {
  expect(parseCard(WHOLE)).toEqual(WHOLE);
});

it('parseCard() drops unknown keys at every depth', () => {
  const fact = { label: 'a', value: 'b', colour: 'red' };
  expect(parseCard({ title: 't', x: 1, facts: [fact] })).toEqual({
    title: 't',
    severity: 'info',
    facts: [{ label: 'a', value: 'b' }],
  });
});

it('parseCard() drops keys without a value', () => {
  expect(Object.keys(parseCard({ title: 't', text: undefined }))).toEqual(['title', 'severity']);
});

it.each<[unknown, RegExp]>([
  [undefined, /^The card must be an object/],
  [Promise.resolve(WHOLE), /promise/],
  [[WHOLE], /^The card must be an object/],
  ['t', /^The card must be an object/],
  [{}, /^title must be a string/],
  [{ title: ' ' }, /^title must not be empty/],
  [{ title: 't', severity: 'fatal' }, /^severity must be one of info, resolved, warning, critical/],
  [{ title: 't', text: 5 }, /^text /],
  [{ title: 't', summary: 'words' }, /^summary must be an object/],
  [{ title: 't', quote: null }, /^quote /],
  [{ title: 't', facts: {} }, /^facts must be a list/],
  [{ title: 't', facts: [{ label: 'a', value: 1 }] }, /^facts\[0\]\.value /],
  [{ title: 't', facts: new Array(2) }, /^facts\[0\] /],
  [{ title: 't', links: [{ label: 'a', url: 'javascript:alert(1)' }] }, /^links\[0\]\.url must be an http/],
  [{ title: 't', buttons: [{ label: 'a' }] }, /^buttons\[0\]\.command /],
  [{ title: 't', form: { command: 'c', submit: 's' } }, /^form\.fields must be a list/],
  [
    { title: 't', form: { ...WHOLE.form, fields: [{ name: 'n', label: 'l', required: 'yes' }] } },
    /^form\.fields\[0\]\.required /,
  ],
  [{ title: 't', mentions: [{ name: 'n' }] }, /^mentions\[0\] must have/],
  [{ title: 't', mentions: [{ mobile: 13800000000 }] }, /^mentions\[0\]\.mobile /],
])('parseCard() rejects %j in a sentence that names the field', (value, sentence) => {
  expect(() => parseCard(value)).toThrow(sentence);
});
