import type { EventPattern } from '../../../plugins/formatter';
import { InvalidPatternError, matcher } from './event-pattern';

describe('matcher() throws for a pattern that EventBridge rejects', () => {
  const field = (...values: unknown[]): EventPattern => ({ field: values });
  const many = Object.fromEntries(
    ['a', 'b', 'c', 'd'].map((key) => [key, { $or: Array.from({ length: 6 }, (_, n) => ({ n: [n] })) }]),
  );
  const refused: [what: string, pattern: EventPattern, sentence: RegExp][] = [
    ['a bare string', { source: 'aws.health' }, /"source" must be an object or a list/],
    ['a bare null', { source: null }, /"source" must be/],
    ['an empty list', { source: [] }, /"source" must not be empty/],
    ['an empty pattern', {}, /empty object/],
    ['an empty object inside', { detail: {} }, /empty object/],
    ['a list in a list', field(['x']), /further list/],
    ['an unknown operator', field({ regex: '.*' }), /"regex" is not an operator/],
    ['an inherited name as operator', field({ toString: 'x' }), /"toString" is not an operator/],
    ['two operators in one object', field({ prefix: 'a', suffix: 'b' }), /exactly one key/],
    ['an object without operator', field({}), /exactly one key/],
    ['prefix with a number', field({ prefix: 1 }), /prefix must be a string/],
    ['prefix with an unknown modifier', field({ prefix: { wildcard: 'a' } }), /prefix does not know "wildcard"/],
    ['suffix with null', field({ suffix: null }), /suffix must be a string/],
    ['equals-ignore-case with a list', field({ 'equals-ignore-case': ['a'] }), /must be a string/],
    ['consecutive stars', field({ wildcard: 'a**b' }), /consecutive stars/],
    ['an unknown escape', field({ wildcard: 'a\\b' }), /backslash/],
    ['a lone backslash at the end', field({ wildcard: 'a\\' }), /backslash/],
    ['anything-but with nothing', field({ 'anything-but': [] }), /at least one/],
    ['anything-but with strings and numbers', field({ 'anything-but': ['a', 1] }), /not both/],
    ['anything-but with null', field({ 'anything-but': null }), /strings or numbers/],
    ['anything-but with numeric', field({ 'anything-but': { numeric: ['=', 1] } }), /does not know "numeric"/],
    ['anything-but with an empty prefix', field({ 'anything-but': { prefix: '' } }), /no empty "prefix"/],
    ['anything-but with no suffixes', field({ 'anything-but': { suffix: [] } }), /at least one value for "suffix"/],
    ['numeric with digits', field({ numeric: ['=', '1'] }), /must be a number/],
    ['numeric without a bound', field({ numeric: ['>'] }), /must be a number/],
    ['numeric with an unknown operator', field({ numeric: ['!=', 1] }), /takes the operators/],
    ['numeric with a bare number', field({ numeric: 1 }), /must be a list/],
    ['a range that begins with its upper bound', field({ numeric: ['<', 5, '>', 0] }), /lower bound/],
    ['a range that holds nothing', field({ numeric: ['>', 5, '<', 5] }), /below the upper/],
    ['numeric with three terms', field({ numeric: ['>', 0, '<'] }), /lower bound/],
    ['cidr without a mask', field({ cidr: '10.0.0.0' }), /address block/],
    ['cidr with too long a mask', field({ cidr: '10.0.0.0/33' }), /address block/],
    ['cidr with a word', field({ cidr: 'home/8' }), /address block/],
    ['exists with a word', field({ exists: 'yes' }), /true or false/],
    ['$or with one alternative', { $or: [{ source: ['a'] }] }, /exactly one key|not an operator/],
    ['$or with a word', { $or: 'source' }, /"\$or" must be/],
    ['$or with more than 1000 combinations', many, /more than 1000/],
  ];

  it.each(refused)('%s', (_, pattern, sentence) => {
    expect(() => matcher(pattern)).toThrow(InvalidPatternError);
    expect(() => matcher(pattern)).toThrow(sentence);
  });
});
