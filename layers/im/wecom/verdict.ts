import type { Answer, Refusal } from '../channel';
import { byCode, byStatus, codeOf, field, type Row, type Table, unreadable } from '../verdict';

/** 20 messages a minute for one robot, counted in a rolling window. */
const THROTTLED: Row = { reason: 'too many messages for this robot', retryable: true, retryAfter: 60, throttled: true };

/** From the global error codes of developer.work.weixin.qq.com (path/90313); the words may change, the codes do not. */
const ERRORS: Table = {
  '-1': { reason: 'it is busy', retryable: true },
  '40008': { reason: 'it does not support this kind of message', unfit: true },
  '40033': { reason: 'the message holds characters that it does not allow', unfit: true },
  '40058': { reason: 'the message is over 4096 bytes or lacks a field', unfit: true },
  '44004': { reason: 'the message is empty', unfit: true },
  '45002': { reason: 'the message is too long for it', unfit: true },
  '45009': THROTTLED,
  '45033': THROTTLED,
  '93000': { reason: 'there is no robot with this key; copy the webhook url again' },
  '93004': { reason: 'the robot is disabled; enable it in the group settings' },
  '93008': { reason: 'the robot is not in the group any more; add it again' },
};

/** WeCom answers HTTP 200 to every refusal. */
export function verdict(answer: Answer): Refusal | undefined {
  const code = codeOf(answer.body, 'errcode');
  if (code === undefined) return byStatus(answer) ?? unreadable(answer);
  if (code === 0) return byStatus(answer);
  return byCode(String(code), String(field(answer.body, 'errmsg') ?? ''), ERRORS, answer.status);
}
