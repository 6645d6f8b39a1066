import { listAt, objectsAt, parseJsonBytes, parseJsonRecord, textAt, valueAt } from './json';

const BODY = parseJsonRecord('{"a":{"b":"text","list":[1,{"c":2},[]]},"__proto__":{"d":"own"}}');

describe('JSON readers', () => {
  it('return the value at a path', () => {
    expect(valueAt(BODY, 'a', 'b')).toBe('text');
    expect(textAt(BODY, 'a', 'b')).toBe('text');
    expect(listAt(BODY, 'a', 'list')).toEqual([1, { c: 2 }, []]);
    expect(objectsAt(BODY, 'a', 'list')).toEqual([{ c: 2 }]);
  });

  it.each([
    [['a', 'x']],
    [['a', 'b', 'length']],
    [['a', 'list', 'length']],
    [['constructor']],
    [['a', 'toString']],
    [['a', 'list', '0']],
  ])('return nothing for the path %j, which ends early or is no own property', (path) => {
    expect(valueAt(BODY, ...path)).toBeUndefined();
    expect(textAt(BODY, ...path)).toBe('');
    expect(listAt(BODY, ...path)).toEqual([]);
    expect(objectsAt(BODY, ...path)).toEqual([]);
  });

  it.each([undefined, null, 7, 'text', []])('accept %j in place of an object', (value) => {
    expect(valueAt(value, 'a')).toBeUndefined();
  });

  it.each(['', '{', 'null', '[]', '7', '"x"'])('parseJsonRecord() returns undefined for %j', (text) => {
    expect(parseJsonRecord(text)).toBeUndefined();
  });

  it('parseJsonBytes() returns undefined for bytes that are not UTF-8', () => {
    const bytes = Buffer.from('{"a":"工单"}');
    expect(parseJsonBytes(bytes)).toEqual({ a: '工单' });
    expect(parseJsonBytes(Buffer.concat([bytes.subarray(0, 7), bytes.subarray(8)]))).toBeUndefined();
  });
});
