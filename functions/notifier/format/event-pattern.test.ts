import type { EventPattern } from '../../../plugins/formatter';
import { matcher } from './event-pattern';
import { detail, EVENT, type Row } from './pattern.fixture';

const entities = (element: EventPattern): EventPattern => ({ detail: { entities: element } });
/** The element `i-1`, with an alternative about its status. */
const besideI1 = (status: string): EventPattern => ({
  detail: { entities: { id: ['i-1'] }, $or: [{ entities: { status: [status] } }, { service: ['S3'] }] },
});

const TABLE: Record<string, Row[]> = {
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
