import type { EventPattern } from '../../../plugins/formatter';
import { matcher } from './event-pattern';

/** An event with something for every operator to look at. */
const EVENT = {
  version: '0',
  id: 'b1d2',
  'detail-type': 'AWS Health Event',
  source: 'aws.health',
  account: '123456789012',
  time: '2026-11-20T08:30:00Z',
  region: 'eu-west-1',
  resources: ['arn:aws:ec2:eu-west-1:123456789012:instance/i-1', 'arn:aws:s3:::logs'],
  detail: {
    service: 'EC2',
    region: '',
    title: '可用区 a*b 停电',
    folder: 'C:\\logs\\',
    count: 12,
    ratio: -0.5,
    digits: '12',
    open: true,
    owner: null,
    address: '192.168.7.200',
    address6: 'fd00:1::abcd',
    tags: ['blue', 'green'],
    sizes: [5, 500],
    empty: [],
    nested: { deep: { leaf: 'x' }, list: [['p'], ['q', 'r']] },
    entities: [
      { id: 'i-1', status: 'IMPAIRED', checks: [{ name: 'cpu', ok: false }] },
      { id: 'i-2', status: 'RESOLVED', checks: [{ name: 'disk', ok: true }] },
      { id: 'i-3', note: 'new' },
    ],
  },
};

/** One line of a table of promises: what the pattern looks for, the pattern, and whether EVENT has it. */
type Row = [what: string, pattern: EventPattern, matches: boolean];

const detail = (field: string, ...values: unknown[]): EventPattern => ({ detail: { [field]: values } });

const entities = (element: EventPattern): EventPattern => ({ detail: { entities: element } });
/** The element `i-1`, with an alternative about its status. */
const besideI1 = (status: string): EventPattern => ({
  detail: { entities: { id: ['i-1'] }, $or: [{ entities: { status: [status] } }, { service: ['S3'] }] },
});

const TABLE: Record<string, Row[]> = {
  exact: [
    ['a string', { source: ['aws.health'] }, true],
    ['another string', { source: ['aws.ec2'] }, false],
    ['letter case counts', { source: ['AWS.health'] }, false],
    ['any of a list', { region: ['us-east-1', 'eu-west-1'] }, true],
    ['all fields are needed', { source: ['aws.health'], region: ['us-east-1'] }, false],
    ['the empty string', detail('region', ''), true],
    ['a number', detail('count', 12), true],
    ['a number is not its digits', detail('digits', 12), false],
    ['digits are not their number', detail('count', '12'), false],
    ['a boolean', detail('open', true), true],
    ['a boolean is not its word', detail('open', 'true'), false],
    ['null', detail('owner', null), true],
    ['null is not the empty string', detail('region', null), false],
    ['null is not a missing field', detail('unknown', null), false],
    ['a missing field', detail('unknown', 'x'), false],
    ['a missing parent', { nowhere: { field: ['x'] } }, false],
    ['an object where a value is wanted', detail('nested', 'x'), false],
    ['a value where an object is wanted', { source: { name: ['x'] } }, false],
    ['a name that every object inherits', { constructor: { name: ['Object'] } }, false],
  ],
  'prefix and suffix': [
    ['prefix', { time: [{ prefix: '2026-11-' }] }, true],
    ['another prefix', { time: [{ prefix: '2025' }] }, false],
    ['prefix of a number', detail('count', { prefix: '1' }), false],
    ['prefix in any letter case', { source: [{ prefix: { 'equals-ignore-case': 'AWS.H' } }] }, true],
    ['suffix', { source: [{ suffix: '.health' }] }, true],
    ['another suffix', { source: [{ suffix: '.ec2' }] }, false],
    ['suffix in any letter case', { source: [{ suffix: { 'equals-ignore-case': 'HEALTH' } }] }, true],
  ],
  'equals-ignore-case': [
    ['the same word', detail('service', { 'equals-ignore-case': 'ec2' }), true],
    ['another word', detail('service', { 'equals-ignore-case': 'ec' }), false],
    ['null is not its word', detail('owner', { 'equals-ignore-case': 'NULL' }), false],
  ],
  wildcard: [
    ['in the middle', { source: [{ wildcard: 'aws.*th' }] }, true],
    ['at both ends', { source: [{ wildcard: '*s.h*' }] }, true],
    ['standing for nothing', { source: [{ wildcard: 'aws.health*' }] }, true],
    ['several', { resources: [{ wildcard: 'arn:*:ec2:*:instance/*' }] }, true],
    ['pieces in the wrong order', { source: [{ wildcard: '*health*aws*' }] }, false],
    ['ends that would overlap', detail('service', { wildcard: 'EC*C2' }), false],
    ['pieces that would overlap the end', detail('service', { wildcard: 'E*2*2' }), false],
    ['without a star it is exact', detail('service', { wildcard: 'EC' }), false],
    ['a dot is a dot', detail('address', { wildcard: '192x168*' }), false],
    ['an escaped star', detail('title', { wildcard: '*a\\*b*' }), true],
    ['an escaped star is no wildcard', detail('service', { wildcard: 'E\\*' }), false],
    ['an escaped backslash', detail('folder', { wildcard: 'C:\\\\*\\\\' }), true],
    ['on a number', detail('count', { wildcard: '*' }), false],
  ],
  'anything-but': [
    ['a string', detail('service', { 'anything-but': 'S3' }), true],
    ['that very string', detail('service', { 'anything-but': 'EC2' }), false],
    ['a list', detail('service', { 'anything-but': ['S3', 'EC2'] }), false],
    ['a number', detail('count', { 'anything-but': 13 }), true],
    ['that very number', detail('count', { 'anything-but': [12, 13] }), false],
    ['a number on a string', detail('digits', { 'anything-but': 12 }), true],
    ['a missing field', detail('unknown', { 'anything-but': 'x' }), false],
    ['null', detail('owner', { 'anything-but': 'x' }), true],
    ['one element is another', detail('tags', { 'anything-but': 'blue' }), true],
    ['every element is refused', detail('tags', { 'anything-but': ['blue', 'green'] }), false],
    ['prefix', detail('service', { 'anything-but': { prefix: 'E' } }), false],
    ['another prefix', detail('service', { 'anything-but': { prefix: 'S' } }), true],
    ['prefixes', detail('service', { 'anything-but': { prefix: ['S', 'EC'] } }), false],
    ['suffix', detail('service', { 'anything-but': { suffix: '2' } }), false],
    ['suffixes', detail('service', { 'anything-but': { suffix: ['3', '4'] } }), true],
    ['in any letter case', detail('service', { 'anything-but': { 'equals-ignore-case': 'ec2' } }), false],
    ['several in any case', detail('service', { 'anything-but': { 'equals-ignore-case': ['s3', 'rds'] } }), true],
    ['wildcard', detail('service', { 'anything-but': { wildcard: 'E*2' } }), false],
    ['wildcards', detail('service', { 'anything-but': { wildcard: ['S*', '*DS'] } }), true],
  ],
  numeric: [
    ['=', detail('count', { numeric: ['=', 12] }), true],
    ['>', detail('count', { numeric: ['>', 12] }), false],
    ['>=', detail('count', { numeric: ['>=', 12] }), true],
    ['<', detail('ratio', { numeric: ['<', 0] }), true],
    ['<=', detail('count', { numeric: ['<=', 11.9] }), false],
    ['inside a range', detail('count', { numeric: ['>', 0, '<=', 12] }), true],
    ['outside a range', detail('count', { numeric: ['>=', 0, '<', 12] }), false],
    ['digits are no number', detail('digits', { numeric: ['=', 12] }), false],
    ['null is no number', detail('owner', { numeric: ['<', 1] }), false],
    ['one element', detail('sizes', { numeric: ['>', 100] }), true],
  ],
  cidr: [
    ['inside', detail('address', { cidr: '192.168.7.0/24' }), true],
    ['outside', detail('address', { cidr: '192.168.8.0/24' }), false],
    ['a block that cuts an octet', detail('address', { cidr: '192.168.7.192/27' }), true],
    ['the next such block', detail('address', { cidr: '192.168.7.224/27' }), false],
    ['everything', detail('address', { cidr: '0.0.0.0/0' }), true],
    ['IPv6 inside', detail('address6', { cidr: 'fd00:1::/32' }), true],
    ['IPv6 outside', detail('address6', { cidr: 'fd00:2::/32' }), false],
    ['not an address', detail('service', { cidr: '0.0.0.0/0' }), false],
    ['an IPv4 address in an IPv6 block', detail('address', { cidr: '::/0' }), false],
  ],
  exists: [
    ['present', detail('service', { exists: true }), true],
    ['missing', detail('unknown', { exists: true }), false],
    ['null is present', detail('owner', { exists: true }), true],
    ['absent', detail('unknown', { exists: false }), true],
    ['not absent', detail('service', { exists: false }), false],
    ['an object is not a leaf', detail('nested', { exists: true }), false],
    ['so an object counts as absent', detail('nested', { exists: false }), true],
    ['an empty list has no leaf', detail('empty', { exists: true }), false],
    ['so an empty list counts as absent', detail('empty', { exists: false }), true],
    ['absent under a missing parent', { detail: { nothing: { at: { all: [{ exists: false }] } } } }, true],
    ['absent or a value: absent', detail('unknown', 'x', { exists: false }), true],
    ['absent or a value: another value', detail('service', 'S3', { exists: false }), false],
    ['absent from every element', { detail: { entities: { unknown: [{ exists: false }] } } }, true],
    ['absent from one element only', { detail: { entities: { note: [{ exists: false }] } } }, false],
    ['absent from the element that matches', entities({ id: ['i-1'], note: [{ exists: false }] }), true],
    ['present in the element that matches', entities({ id: ['i-3'], note: [{ exists: false }] }), false],
  ],
  'nesting and arrays': [
    ['a deep field', { detail: { nested: { deep: { leaf: ['x'] } } } }, true],
    ['a value of a list', { resources: ['arn:aws:s3:::logs'] }, true],
    ['a list in a list', { detail: { nested: { list: ['r'] } } }, true],
    ['an object in a list', { detail: { entities: { status: ['RESOLVED'] } } }, true],
    ['one object for all fields', { detail: { entities: { id: ['i-1'], status: ['IMPAIRED'] } } }, true],
    ['fields of two objects', { detail: { entities: { id: ['i-1'], status: ['RESOLVED'] } } }, false],
    ['one object, lists in lists', { detail: { entities: { id: ['i-2'], checks: { name: ['disk'] } } } }, true],
    ['two objects, lists in lists', { detail: { entities: { id: ['i-1'], checks: { name: ['disk'] } } } }, false],
    ['lists of values do not depend on each other', { detail: { tags: ['green'], sizes: [5] } }, true],
  ],
  $or: [
    ['the second alternative', { $or: [{ region: ['us-east-1'] }, { account: ['123456789012'] }] }, true],
    ['no alternative', { $or: [{ region: ['us-east-1'] }, { account: ['1'] }] }, false],
    ['its neighbours are needed too', { source: ['x'], $or: [{ id: ['b1d2'] }, { account: ['1'] }] }, false],
    ['all fields of an alternative', { $or: [{ id: ['b1d2'], region: ['x'] }, { account: ['1'] }] }, false],
    ['inside detail', { detail: { $or: [{ service: ['S3'] }, { count: [{ numeric: ['>', 10] }] }] } }, true],
    [
      'in two places',
      { $or: [{ id: ['b1d2'] }, { id: ['x'] }], detail: { $or: [{ count: [1] }, { open: [true] }] } },
      true,
    ],
    ['in an alternative', { $or: [{ id: ['x'] }, { $or: [{ id: ['y'] }, { region: ['eu-west-1'] }] }] }, true],
    ['finds its value in the same element as its neighbour', besideI1('IMPAIRED'), true],
    ['not in another element', besideI1('RESOLVED'), false],
    ['is a field where it holds an object', { $or: { service: ['EC2'] } }, false],
  ],
};

for (const [operator, rows] of Object.entries(TABLE)) {
  describe(`an event pattern with ${operator}`, () => {
    it.each(rows)('%s', (_, pattern, matches) => {
      expect(matcher(pattern)(EVENT)).toBe(matches);
    });
  });
}

it('matcher() matches nothing that is not an event', () => {
  const matches = matcher({ source: ['aws.health'] });
  expect([undefined, null, 'aws.health', 7, [], {}].map(matches)).toEqual([false, false, false, false, false, false]);
});

it('matcher() does not backtrack on a text made for it', () => {
  const matches = matcher({ text: [{ wildcard: `${'*a'.repeat(40)}*b` }] });
  expect(matches({ text: 'a'.repeat(100_000) })).toBe(false);
});
