import { channelContract } from '../channel.contract';
import { wecomWebhook } from './webhook';

const KEY = '01234567-89ab-cdef-0123-456789abcdef';
const INVALID_URL =
  'invalid webhook url, hint: [1700000000], from ip: 203.0.113.9, more info at https://open.work.weixin.qq.com/devtool/query?e=93000';

const THROTTLED = { retryable: true, retryAfterSeconds: 60, throttled: true as const };
const REJECTED = { retryable: false, payloadRejected: true as const };
const answer = (errcode: number | string, errmsg?: string) => ({
  name: `errcode ${errcode}`,
  body: { errcode, errmsg },
});

channelContract(wecomWebhook, {
  webhook: { url: `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${KEY}` },
  secrets: [KEY],
  rateLimits: [{ messages: 20, seconds: 60 }],
  accept: [{ body: { errcode: 0, errmsg: 'ok' } }],
  refusals: [
    { ...answer(93000, INVALID_URL), retryable: false, reason: /copy the webhook url/ },
    { ...answer(40058, 'exceed max length 4096'), ...REJECTED, reason: /4096/ },
    ...[40008, 40033, 44004, 45002].map((errcode) => ({ ...answer(errcode), ...REJECTED })),
    { ...answer(45009, 'api freq out of limit'), ...THROTTLED },
    { ...answer(45033), ...THROTTLED },
    { ...answer(777, 'hm'), retryable: false, reason: /777: hm/ },
    { ...answer('-1', 'system busy'), retryable: true },
  ],
});
