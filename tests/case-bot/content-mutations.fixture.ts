import { pick } from '../../functions/notifier/random.fixture';
import { addressOf } from './address.fixture';
import { below, changed, type Mutation, type Mutations, resealed, type Spoilt } from './mutation.fixture';
import { type Path, pathsIn, put, valueAt } from './paths.fixture';
import type { Sample } from './sample.fixture';

const DEEP: unknown = Array.from({ length: 1500 }).reduce((inner) => [{ a: inner }], 'x');
const STRANGE: readonly [unknown, ...unknown[]] = [
  null,
  ...[true, 0, -1, 1e300, '', ' ', 'x', [], {}, [[]], [null], { id: {} }, 'x'.repeat(5000)],
  { toString: 1, valueOf: 1 },
];
/** XML 1.0 has no place for some of them, and SQS takes what XML takes. */
const HOSTILE = 'a\u0000b\u0007\u001b[31m\u2028\ufffe\uffff\ud800 \udc00 \\u0000 {"text":"x"} "\n工单';
/** Some of them look like the platform's at first sight. */
const ELSEWHERE: readonly [string, ...string[]] = [
  'https://evil.example/robot/sendBySession?session=1',
  'https://oapi.dingtalk.com@evil.example/robot/sendBySession?session=1',
  'https://oapi.dingtalk.com.evil.example/robot/sendBySession?session=1',
  'http://oapi.dingtalk.com/robot/sendBySession?session=1',
  'https://oapi.dingtalk.com:8443/robot/sendBySession?session=1',
  'https://oapi.dingtalk.com/robot/send?access_token=1',
  'https://hooks.slack.com@evil.example/commands/1',
  'https://hooks.slack.com.evil.example/commands/1',
  'http://169.254.169.254/latest/meta-data',
];

/** They mean something in other callbacks. */
const OTHERS: readonly [string, ...string[]] = [
  ...(['errorCode', 'encrypt', 'schema', 'type', 'challenge', 'bot_id', 'ssl_check', 'payload', 'action'] as const),
  'open_message_id',
];

const somewhere = (sample: Sample, random: () => number): Path => {
  const [first, ...others] = pathsIn(sample.content);
  return first ? pick(random, [first, ...others]) : [];
};

const anywhere = (times: number, value: (old: unknown, random: () => number, sample: Sample) => unknown): Mutation => ({
  fate: () => 'by body',
  times,
  spoil(sample, random) {
    const path = somewhere(sample, random);
    const old = valueAt(sample.content, path);
    const next = value(old, random, sample);
    return next === old ? undefined : changed(sample, path, next);
  },
});

/** Each of the places that say for whom it is; several, for good measure, as often as there are. */
const address = (times: number, value: (old: unknown) => unknown): Mutation => ({
  fate: () => 'by body',
  times,
  spoil(sample, random): Spoilt | undefined {
    const lines = addressOf(sample);
    const line = lines[below(lines.length, random)];
    return line && changed(sample, line.path, value(valueAt(sample.content, line.path)));
  },
});

/** What a person can write: the longest text in it, wherever that is. */
const written = (text: string): Mutation => ({
  fate: () => 'by body',
  times: 1,
  spoil(sample) {
    const path = pathsIn(sample.content).find(
      (each) =>
        ['content', 'text', 'subject', 'fileName', 'name', 'command'].includes(each.at(-1) ?? '') &&
        typeof valueAt(sample.content, each) === 'string',
    );
    return path && changed(sample, path, text);
  },
});

/** Before the platform signs and encrypts it, as if it had gone mad; where it signs no body, anybody can do this. */
export const CONTENT_MUTATIONS: Mutations = {
  'for another app or organisation': address(6, (old) => `${String(old)}x`),
  'for an app or organisation of another type': address(4, (old) => [old]),
  'for no app or organisation': address(4, () => undefined),
  'for an app that is only inherited': {
    fate: () => 'by body',
    times: 2,
    spoil(sample, random) {
      const lines = addressOf(sample);
      const path = lines[below(lines.length, random)]?.path ?? [];
      const [name = '', ...way] = [...path].reverse();
      const without = path.length ? put(sample.content, path, undefined) : sample.content;
      const inherited = put(without, [...way.reverse(), '__proto__'], { [name]: valueAt(sample.content, path) });
      return resealed(sample, inherited);
    },
  },
  'something strange in a field': anywhere(14, (_, random) => pick(random, STRANGE)),
  'a field missing': anywhere(5, () => undefined),
  'a field that it never has': {
    fate: () => 'by body',
    times: 4,
    spoil: (sample, random) => changed(sample, [pick(random, OTHERS)], pick(random, STRANGE)),
  },
  'a field twice as deep': anywhere(2, (old) => [old]),
  'a field deep down': anywhere(1, () => DEEP),
  'names that every object has': anywhere(3, (old) => ({
    ...Object(old),
    ...JSON.parse('{"__proto__":{"text":"x"},"constructor":{"prototype":{}},"hasOwnProperty":1,"toString":1}'),
  })),
  'an answer to somebody else': {
    fate: () => 'by body',
    times: 3,
    spoil(sample, random) {
      const path = pathsIn(sample.content).find(([name = '']) => ['sessionWebhook', 'response_url'].includes(name));
      return path && changed(sample, path, pick(random, ELSEWHERE));
    },
  },
  'words that break a line, a log or a queue': written(HOSTILE),
  'very many words': written('工单'.repeat(30_000)),
};
