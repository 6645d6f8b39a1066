import { pick } from '../../functions/notifier/random.fixture';
import type { Json } from '../../local/chat/json';
import {
  below,
  changed,
  type MutatedCallback,
  type Mutation,
  type Mutations,
  type Path,
  pathsIn,
  put,
  resealed,
  type Sample,
  valueAt,
} from './callback-samples.fixture';

/** Where a callback names its app and organization. */
export interface Line {
  path: Path;
  /** Whether it may be absent, because another value says the same. */
  optional?: true;
}

type Lines = Readonly<Record<string, readonly Line[]>>;

const FEISHU_HEAD = ['token', 'app_id', 'tenant_key'].map((name) => ({ path: ['header', name] }));
const FEISHU: Lines = {
  text: [...FEISHU_HEAD, { path: ['event', 'sender', 'tenant_key'] }],
  file: [...FEISHU_HEAD, { path: ['event', 'sender', 'tenant_key'] }],
  press: [...FEISHU_HEAD, { path: ['event', 'operator', 'tenant_key'] }],
  form: [...FEISHU_HEAD, { path: ['event', 'operator', 'tenant_key'] }],
  handshake: [{ path: ['token'] }],
};
const SLACK_PRESS: readonly Line[] = [
  { path: ['api_app_id'] },
  { path: ['user', 'team_id'] },
  { path: ['team', 'id'], optional: true },
];
/** Without authorizations, `team_id` is read. */
const SLACK_EVENT: readonly Line[] = [
  { path: ['api_app_id'] },
  { path: ['authorizations', '0', 'team_id'], optional: true },
];
const DINGTALK: readonly Line[] = ['robotCode', 'chatbotCorpId', 'senderCorpId'].map((name) => ({ path: [name] }));

const ADDRESSES: Readonly<Record<string, Lines>> = {
  dingtalk: { text: DINGTALK, press: DINGTALK, form: DINGTALK, picture: DINGTALK, file: DINGTALK },
  feishu: FEISHU,
  'plain feishu': FEISHU,
  slack: {
    ...{ text: SLACK_EVENT, file: SLACK_EVENT, press: SLACK_PRESS, form: SLACK_PRESS },
    slash: [{ path: ['api_app_id'] }, { path: ['team_id'] }],
    handshake: [],
  },
};

export const addressOf = ({ from, kindName }: Sample): readonly Line[] => ADDRESSES[from]?.[kindName] ?? [];

/** Whether the content names the same app, organization and token as the sample. */
export function isForUs(sample: Sample, content: Json): boolean {
  return addressOf(sample).every(({ path, optional }) => {
    const found = valueAt(content, path);
    return found === valueAt(sample.content, path) || (optional === true && typeof found !== 'string');
  });
}

const DEEP: unknown = Array.from({ length: 1500 }).reduce((inner) => [{ a: inner }], 'x');
const STRANGE: readonly [unknown, ...unknown[]] = [
  null,
  ...[true, 0, -1, 1e300, '', ' ', 'x', [], {}, [[]], [null], { id: {} }, 'x'.repeat(5000)],
  { toString: 1, valueOf: 1 },
];
/** XML 1.0 does not allow some of these characters, and SQS allows what XML allows. */
const HOSTILE = 'a\u0000b\u0007\u001b[31m\u2028\ufffe\uffff\ud800 \udc00 \\u0000 {"text":"x"} "\n工单';
/** Some look like the platform's at first sight. */
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

/** Fields that mean something in other callbacks. */
const OTHERS: readonly [string, ...string[]] = [
  ...(['errorCode', 'encrypt', 'schema', 'type', 'challenge', 'bot_id', 'ssl_check', 'payload', 'action'] as const),
  'open_message_id',
];

const somewhere = (sample: Sample, random: () => number): Path => {
  const [first, ...others] = pathsIn(sample.content);
  return first ? pick(random, [first, ...others]) : [];
};

const anywhere = (times: number, value: (old: unknown, random: () => number, sample: Sample) => unknown): Mutation => ({
  expected: () => 'by body',
  times,
  mutate(sample, random) {
    const path = somewhere(sample, random);
    const old = valueAt(sample.content, path);
    const next = value(old, random, sample);
    return next === old ? undefined : changed(sample, path, next);
  },
});

/** Changes one of the values that name the app or the organization. */
const address = (times: number, value: (old: unknown) => unknown): Mutation => ({
  expected: () => 'by body',
  times,
  mutate(sample, random): MutatedCallback | undefined {
    const lines = addressOf(sample);
    const line = lines[below(lines.length, random)];
    return line && changed(sample, line.path, value(valueAt(sample.content, line.path)));
  },
});

/** Replaces the text that a person wrote. */
const written = (text: string): Mutation => ({
  expected: () => 'by body',
  times: 1,
  mutate(sample) {
    const path = pathsIn(sample.content).find(
      (each) =>
        ['content', 'text', 'subject', 'fileName', 'name', 'command'].includes(each.at(-1) ?? '') &&
        typeof valueAt(sample.content, each) === 'string',
    );
    return path && changed(sample, path, text);
  },
});

/** Changes of the content before signing; where the platform signs no body, anyone can make them. */
export const CONTENT_MUTATIONS: Mutations = {
  'for another app or organisation': address(6, (old) => `${String(old)}x`),
  'for an app or organisation of another type': address(4, (old) => [old]),
  'for no app or organisation': address(4, () => undefined),
  'for an app that is only inherited': {
    expected: () => 'by body',
    times: 2,
    mutate(sample, random) {
      const lines = addressOf(sample);
      const path = lines[below(lines.length, random)]?.path ?? [];
      const [name = '', ...way] = [...path].reverse();
      const without = path.length ? put(sample.content, path, undefined) : sample.content;
      const inherited = put(without, [...way.reverse(), '__proto__'], { [name]: valueAt(sample.content, path) });
      return resealed(sample, inherited);
    },
  },
  'an unexpected value in a field': anywhere(14, (_, random) => pick(random, STRANGE)),
  'a field missing': anywhere(5, () => undefined),
  'a field of other callbacks': {
    expected: () => 'by body',
    times: 4,
    mutate: (sample, random) => changed(sample, [pick(random, OTHERS)], pick(random, STRANGE)),
  },
  'a field twice as deep': anywhere(2, (old) => [old]),
  'a field deep down': anywhere(1, () => DEEP),
  'property names of every object': anywhere(3, (old) => ({
    ...Object(old),
    ...JSON.parse('{"__proto__":{"text":"x"},"constructor":{"prototype":{}},"hasOwnProperty":1,"toString":1}'),
  })),
  'a reply URL elsewhere': {
    expected: () => 'by body',
    times: 3,
    mutate(sample, random) {
      const path = pathsIn(sample.content).find(([name = '']) => ['sessionWebhook', 'response_url'].includes(name));
      return path && changed(sample, path, pick(random, ELSEWHERE));
    },
  },
  'text that may break a line, a log or a queue': written(HOSTILE),
  'very long text': written('工单'.repeat(30_000)),
};
