import type { HttpResponse, Rejection } from '../channel';
import {
  type ErrorRow,
  type ErrorTable,
  fieldOf,
  numericCode,
  rejectionForCode,
  rejectionForStatus,
  rejectionForUnreadable,
} from '../errors';

/** Over 20 messages a minute the robot is held for ten; whoever tries earlier meets the hold and nothing else. */
const THROTTLED: ErrorRow = {
  reason: 'too many messages for this robot',
  retryable: true,
  retryAfterSeconds: 600,
  throttled: true,
};
const UNKNOWN_TOKEN: ErrorRow = { reason: 'there is no robot with this access_token; copy the webhook url again' };
const UNSAFE: ErrorRow = { reason: 'its content check took offence at the message', payloadRejected: true };
const TOO_LONG: ErrorRow = { reason: 'the message is over 20000 bytes', payloadRejected: true };

/** From "custom-robots-send-group-messages" of open.dingtalk.com, and 130101, 300001, 300005, 101002 from logs. */
const ERRORS: ErrorTable = {
  '-1': { reason: 'it is busy', retryable: true },
  '40035': { reason: 'the webhook url lacks its access_token; copy it again' },
  '43002': { reason: 'it wants a POST' },
  '43004': { reason: 'it wants JSON' },
  '101002': TOO_LONG,
  '130101': THROTTLED,
  '300001': UNKNOWN_TOKEN,
  '300005': UNKNOWN_TOKEN,
  '400013': { reason: 'the group was dissolved; remove this target' },
  '400101': UNKNOWN_TOKEN,
  '400102': { reason: 'the robot is disabled; enable it in the group settings' },
  '400105': { reason: 'it does not support this kind of message', payloadRejected: true },
  '400106': { reason: 'the robot is not in the group any more; add it again' },
  '410100': THROTTLED,
  '430101': UNSAFE,
  '430102': UNSAFE,
  '430103': UNSAFE,
  '430104': UNSAFE,
  '460101': TOO_LONG,
};

/** 310000 is four errors in one; only the words tell which, in English from older servers and in Chinese from newer ones. */
const SECURITY: readonly (readonly [words: RegExp, row: ErrorRow])[] = [
  [/keyword|关键词/i, { reason: 'the robot wants one of its keywords; enter one of them as keyword' }],
  [/timestamp|时间戳/i, { reason: 'the signature is over an hour old; set the clock' }],
  [/sign|签名/i, { reason: 'the signature is wrong; enter the SEC... secret of this robot' }],
  [
    /\bip\b|whitelist|白名单/i,
    { reason: 'the robot allows only certain IP addresses; let it use a signature instead' },
  ],
];

const UNKNOWN_SECURITY: ErrorRow = {
  reason: "the robot's security settings refuse the message; check keyword and secret",
};

/** More than 10,000 calls in 20 seconds from one address: blocked for five minutes, in an answer of another form. */
const BLOCKED: ErrorRow = {
  reason: 'this IP address called too often and is blocked',
  retryable: true,
  retryAfterSeconds: 300,
  throttled: true,
};

/** DingTalk answers HTTP 200 to every refusal. */
export function parseResponse(answer: HttpResponse): Rejection | undefined {
  const { body } = answer;
  const code = numericCode(body, 'errcode');
  if (code !== undefined) return read(code, String(fieldOf(body, 'errmsg') ?? ''), answer.status);
  if (numericCode(body, 'status') === 1111) return rejectionForCode('1111', '', { '1111': BLOCKED });
  return rejectionForStatus(answer) ?? rejectionForUnreadable(answer);
}

function read(code: number, words: string, status: number): Rejection | undefined {
  if (code === 0) return undefined;
  if (code !== 310000) return rejectionForCode(String(code), words, ERRORS, status);
  const row = SECURITY.find(([pattern]) => pattern.test(words))?.[1] ?? UNKNOWN_SECURITY;
  return rejectionForCode('310000', words, { '310000': row });
}
