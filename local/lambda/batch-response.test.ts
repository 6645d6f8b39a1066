import { failedMessageIds } from './batch-response';

const ALL = ['a', 'b', 'c'];

it.each([
  ['nothing', undefined],
  ['null', null],
  ['an empty answer', {}],
  ['a list of null', { batchItemFailures: null }],
  ['an empty list', { batchItemFailures: [] }],
])('takes %s for a complete success', (_name, answer) => {
  expect(failedMessageIds(answer, ALL)).toEqual([]);
});

it.each([
  ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }],
  ['a null identifier', { batchItemFailures: [{ itemIdentifier: null }] }],
  ['a misspelt key', { batchItemFailures: [{ itemIdentifer: 'a' }] }],
  ['an unknown message', { batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'z' }] }],
  ['a list of words', { batchItemFailures: ['a'] }],
  ['a null among the failures', { batchItemFailures: [null] }],
  ['something that is no list', { batchItemFailures: 'a' }],
  ['a text', 'done'],
  ['a list', []],
])('takes %s for a complete failure, so that no message is lost', (_name, answer) => {
  expect(failedMessageIds(answer, ALL)).toEqual(ALL);
});

it('tries again only what the function names', () => {
  expect(failedMessageIds({ batchItemFailures: [{ itemIdentifier: 'b' }] }, ALL)).toEqual(['b']);
});
