import { EC2, notification, snsRecord } from '../envelopes.fixture';
import { unwrapEvents } from './unwrap';

describe('bad input', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['white space', ' \n\t '],
    ['an empty object', {}],
    ['an empty batch', { Records: [] }],
    ['an empty list', []],
    ['an empty message', { Records: [snsRecord('')] }],
    ['JSON null as a message', notification('null')],
  ])('%s says nothing', (_what, input) => {
    expect(unwrapEvents(input)).toEqual([]);
  });

  it.each([
    ['detail that is a string', { ...EC2, detail: 'stopped' }, { message: 'stopped' }],
    ['detail that is a list', { ...EC2, detail: [1, 2] }, [1, 2]],
    ['detail that is missing', { source: 'aws.ec2', 'detail-type': 'x' }, {}],
    ['detail that is null', { ...EC2, detail: null }, {}],
  ])('keeps an event with %s', (_what, input, detail) => {
    expect(unwrapEvents(input)).toEqual([expect.objectContaining({ source: 'aws.ec2', detail })]);
  });

  it('fills every field of the envelope, with a repeatable id', () => {
    const bare = { 'detail-type': 'x', resources: 'one', detail: {} };
    expect(unwrapEvents(bare)).toEqual(unwrapEvents(bare));
    expect(unwrapEvents(bare)[0]).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      source: 'unknown',
      account: '',
      time: '',
      resources: ['one'],
    });
  });

  it('shows JSON that is cut off as the text it is', () => {
    expect(unwrapEvents('{"source":"aws.ec2","detail')[0]?.detail).toEqual({ message: '{"source":"aws.ec2","detail' });
  });

  it('does not follow an endless nesting', () => {
    let nested = JSON.stringify(EC2);
    for (let depth = 0; depth < 9; depth += 1) nested = JSON.stringify(notification(nested));
    expect(unwrapEvents(nested)).toHaveLength(1);
  });

  it('tells a list that is nested without end', () => {
    const deep = '['.repeat(5000) + ']'.repeat(5000);
    expect(unwrapEvents(deep)).toHaveLength(1);
    expect(unwrapEvents({ 'detail-type': 'x', resources: [JSON.parse(deep)], detail: JSON.parse(deep) })).toHaveLength(
      1,
    );
  });

  it('reads a large text that was cut off in the middle of a string at once', () => {
    const began = performance.now();
    expect(unwrapEvents(`{"detail":"${'\\"x\\":'.repeat(40_000)}`)).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('does not take other people’s JSON for a card', () => {
    const found = ['{"title":"t","text":"x","status":"FAILED"}', '{"title":"t"}'].map(
      (text) => unwrapEvents(text)[0]?.source,
    );
    expect(found).toEqual(['unknown', 'unknown']);
  });

  it('fills in what is blank', () => {
    expect(unwrapEvents({ 'detail-type': ' ', source: ' ', detail: {} })[0]).toMatchObject({
      'detail-type': 'Event',
      source: 'unknown',
    });
  });

  it('reads a megabyte without a word', () => {
    expect(unwrapEvents({ ...EC2, detail: { text: '告'.repeat(350_000) } })).toHaveLength(1);
  });
});
