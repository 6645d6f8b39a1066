import type { HttpResponse, Rejection } from '../channel';
import {
  type ErrorRow,
  type ErrorTable,
  numericCode,
  rejectionForCode,
  rejectionForStatus,
  rejectionForUnreadable,
} from '../errors';
import { textAt } from '../json';

/** 20 messages a minute for one robot, counted in a rolling window. */
const THROTTLED: ErrorRow = {
  reason: 'too many messages for this robot',
  retryable: true,
  retryAfterSeconds: 60,
  throttled: true,
};

/** From the global error codes of developer.work.weixin.qq.com (path/90313); the words may change, the codes do not. */
const ERRORS: ErrorTable = {
  '-1': { reason: 'it is busy', retryable: true },
  '40008': { reason: 'it does not support this kind of message', payloadRejected: true },
  '40033': { reason: 'the message holds characters that it does not allow', payloadRejected: true },
  '40058': { reason: 'the message is over 4096 bytes or lacks a field', payloadRejected: true },
  '44004': { reason: 'the message is empty', payloadRejected: true },
  '45002': { reason: 'the message is too long for it', payloadRejected: true },
  '45009': THROTTLED,
  '45033': THROTTLED,
  '93000': { reason: 'there is no robot with this key; copy the webhook url again' },
  '93004': { reason: 'the robot is disabled; enable it in the group settings' },
  '93008': { reason: 'the robot is not in the group any more; add it again' },
};

/** WeCom answers every rejection with HTTP 200. */
export function parseResponse(response: HttpResponse): Rejection | undefined {
  const code = numericCode(response.body, 'errcode');
  if (code === undefined) return rejectionForStatus(response) ?? rejectionForUnreadable(response);
  if (code === 0) return rejectionForStatus(response);
  return rejectionForCode(String(code), textAt(response.body, 'errmsg'), ERRORS, response.status);
}
