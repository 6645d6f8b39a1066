import type { Rule } from './bus';
import { envelope } from './event';
import { inputTransformer } from './input-transformer';
import { messageOf } from './targets';

const rule: Rule = {
  name: 'watch',
  arn: 'arn:aws:events:eu-west-1:111122223333:rule/watch',
  settings: {},
  enabled: true,
  matches: () => true,
  targets: new Map(),
};
const detail = { who: '小王', count: 3, on: true, nothing: null, list: ['a', 'b'], deep: { 'c-d': [{ e: 'x' }] } };
const event = envelope(
  { id: 'i', source: 'shop', 'detail-type': 'x', time: '2026-11-20T08:00:00Z', detail },
  '111122223333',
  'eu-west-1',
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

const transformed = (InputTemplate: string): string => inputTransformer({ InputPathsMap, InputTemplate })(event, rule);

it.each([
  ['strings in quotes, as they are', '"<who> / <deep>"', '"小王 / x"'],
  ['strings without quotes, which it adds', '{"who": <who>}', '{"who": "小王"}'],
  ['numbers, booleans and lists as JSON', '{"count": <count>, "list": <list>}', '{"count": 3, "list": ["a","b"]}'],
  ['an element of a list', '"<second>"', '"b"'],
  ['an object in quotes without its own', '"<detail>"', '"{c-d:[{e:x}]}"'],
  ['nothing for what the event does not have', '"[<missing>]"', '"[]"'],
  ['several lines of quoted strings', '"<who>"\n"<count>"', '"小王"\n"3"'],
  ['an escaped quote inside a string', '"say \\"<who>\\""', '"say \\"小王\\""'],
  ['what only looks like a placeholder', '"a < b > c"', '"a < b > c"'],
  ['the name of the rule', '"<aws.events.rule-name>"', '"watch"'],
  ['the ARN of the rule', '{"arn": <aws.events.rule-arn>}', `{"arn": "${rule.arn}"}`],
  ['the time of arrival', '{"at": <aws.events.event.ingestion-time>}', '{"at": "2026-11-20T08:00:00Z"}'],
])('puts into the template %s', (_, template, message) => {
  expect(transformed(template)).toBe(message);
});

it('puts in the whole event, with or without its detail', () => {
  expect(JSON.parse(transformed('{"event": <aws.events.event.json>}'))).toEqual({ event });
  const { detail: _, ...rest } = event;
  expect(JSON.parse(transformed('{"event": <aws.events.event>}'))).toEqual({ event: rest });
});

it('never reads a placeholder out of the value of another', () => {
  const nasty = { ...event, detail: { who: '<count> $& $1' } };
  const transform = inputTransformer({ InputPathsMap, InputTemplate: '"<who>"' });
  expect(transform(nasty, rule)).toBe('"<count> $& $1"');
});

it.each([
  ['the event itself without further settings', {}, JSON.stringify(event)],
  ['a fixed input', { Input: '{"fixed":"是"}' }, '{"fixed":"是"}'],
  ['a part of the event', { InputPath: '$.detail.list' }, '["a","b"]'],
  ['a string of the event, as JSON', { InputPath: '$.detail.who' }, '"小王"'],
  ['null for a part that is not there', { InputPath: '$.detail.nowhere' }, 'null'],
])('tells a target %s', (_, settings, message) => {
  expect(messageOf({ id: '1', arn: 'x', settings })(event, rule)).toBe(message);
});
