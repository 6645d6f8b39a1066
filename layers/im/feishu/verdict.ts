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

/** 5 a second and 100 a minute for one bot, and system-wide limits on the full and half hour. */
const THROTTLED: ErrorRow = {
  reason: 'too many messages for this bot',
  retryable: true,
  retryAfterSeconds: 5,
  throttled: true,
};
const TOO_LONG: ErrorRow = { reason: 'the message is too long for it', payloadRejected: true };

const REFUSED_CARD: ErrorRow = {
  reason: 'it refuses the card; where it calls everyone, the group may allow that to its owner only',
  payloadRejected: true,
};

/** 19021, 19022, 19024 and 11232 are in the custom bot guide of open.feishu.cn, 230025 and 230099 those of its message API; the others are known from logs. */
const ERRORS: ErrorTable = {
  '9499': { reason: 'it could not read the message', payloadRejected: true },
  '11232': THROTTLED,
  '11246': REFUSED_CARD,
  '19001': { reason: 'there is no bot with this webhook url; copy it again' },
  '19021': { reason: 'the signature is wrong or over an hour old; enter the secret of this bot, and set the clock' },
  '19022': { reason: 'the bot allows only certain IP addresses; let it use a signature instead' },
  '19024': { reason: 'the bot wants one of its keywords; enter one of them as keyword' },
  '19036': TOO_LONG,
  '230025': TOO_LONG,
  '230099': REFUSED_CARD,
};

/** Feishu answers HTTP 200 to most refusals; `StatusCode` is what `code` was called once. */
export function parseResponse(answer: HttpResponse): Rejection | undefined {
  const { body } = answer;
  const code = numericCode(body, 'code') ?? numericCode(body, 'StatusCode');
  if (code === undefined) return rejectionForStatus(answer) ?? rejectionForUnreadable(answer);
  if (code === 0) return rejectionForStatus(answer);
  const words = String(fieldOf(body, 'msg') ?? fieldOf(body, 'StatusMessage') ?? '');
  if (/frequency/i.test(words)) return rejectionForCode(String(code), words, { [String(code)]: THROTTLED });
  return answer.status >= 500 || answer.status === 429
    ? rejectionForStatus(answer)
    : rejectionForCode(String(code), words, ERRORS, answer.status);
}
