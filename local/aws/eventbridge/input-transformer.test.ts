import type { Rule } from './buses';
import { toEvent } from './event';
import { compileTransformer } from './input-transformer';

const rule: Rule = {
  name: 'watch',
  arn: 'arn:aws:events:eu-west-1:111122223333:rule/watch',
  isEnabled: true,
  matches: () => true,
  targets: new Map(),
};
const detail = { who: '小王', count: 3, on: true, nothing: null, list: ['a', 'b'], deep: { 'c-d': [{ e: 'x' }] } };
const event = toEvent(
  { id: 'i', source: 'shop', 'detail-type': 'x', time: '2026-11-20T08:00:00Z', detail },
  { account: '111122223333', region: 'eu-west-1' },
  0,
);
const InputPathsMap = {
  who: '$.detail.who',
  count: '$.detail.count',
  list: '$.detail.list',
  second: '$.detail.list[1]',
  deep: '$.detail.deep.c-d[0].e',
  detail: '$.detail.deep',
  missing: '$.detail.nowhere',
};

const transformed = (InputTemplate: string): string =>
  compileTransformer({ InputPathsMap, InputTemplate })(event, rule);

it.each([
  ['strings in quotes unchanged', '"<who> / <deep>"', '"小王 / x"'],
  ['strings without quotes as JSON', '{"who": <who>}', '{"who": "小王"}'],
  ['numbers, booleans and lists as JSON', '{"count": <count>, "list": <list>}', '{"count": 3, "list": ["a","b"]}'],
  ['an element of a list', '"<second>"', '"b"'],
  ['an object in quotes without its own quotes', '"<detail>"', '"{c-d:[{e:x}]}"'],
  ['nothing for a value that the event does not have', '"[<missing>]"', '"[]"'],
  ['several lines of quoted strings', '"<who>"\n"<count>"', '"小王"\n"3"'],
  ['an escaped quote inside a string', '"say \\"<who>\\""', '"say \\"小王\\""'],
  ['text that only looks like a placeholder', '"a < b > c"', '"a < b > c"'],
  ['the name of the rule', '"<aws.events.rule-name>"', '"watch"'],
  ['the ARN of the rule', '{"arn": <aws.events.rule-arn>}', `{"arn": "${rule.arn}"}`],
  ['the time of arrival', '{"at": <aws.events.event.ingestion-time>}', '{"at": "2026-11-20T08:00:00Z"}'],
])('an InputTransformer inserts %s', (_, template, message) => {
  expect(transformed(template)).toBe(message);
});

it('an InputTransformer inserts the whole event, with or without its detail', () => {
  expect(JSON.parse(transformed('{"event": <aws.events.event.json>}'))).toEqual({ event });
  const { detail: _, ...rest } = event;
  expect(JSON.parse(transformed('{"event": <aws.events.event>}'))).toEqual({ event: rest });
});

it('an InputTransformer does not replace placeholders inside inserted values', () => {
  const hostile = { ...event, detail: { who: '<count> $& $1' } };
  const transform = compileTransformer({ InputPathsMap, InputTemplate: '"<who>"' });
  expect(transform(hostile, rule)).toBe('"<count> $& $1"');
});
