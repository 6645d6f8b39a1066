import { channelContract } from '../channel.contract';
import { wecomWebhook } from './webhook';

const KEY = '01234567-89ab-cdef-0123-456789abcdef';
const FROM_IP =
  'hint: [1700000000], from ip: 203.0.113.9, more info at https://open.work.weixin.qq.com/devtool/query?e=93000';

const THROTTLED = { retryable: true, retryAfterSeconds: 60, throttled: true as const };
const REJECTED = { retryable: false, payloadRejected: true as const };

channelContract(wecomWebhook, {
  webhook: { url: `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${KEY}` },
  secrets: [KEY],
  rateLimits: [{ messages: 20, seconds: 60 }],
  accept: [{ body: { errcode: 0, errmsg: 'ok' } }],
  refusals: [
    {
      name: 'key',
      body: { errcode: 93000, errmsg: `invalid webhook url, ${FROM_IP}` },
      retryable: false,
      reason: /copy the webhook url/,
    },
    { name: 'too long', body: { errcode: 40058, errmsg: 'exceed max length 4096' }, ...REJECTED, reason: /4096/ },
    ...[40008, 40033, 44004, 45002].map((errcode) => ({
      name: `rejected: ${errcode}`,
      body: { errcode },
      ...REJECTED,
    })),
    { name: 'too fast', body: { errcode: 45009, errmsg: 'api freq out of limit' }, ...THROTTLED },
    { name: 'too many at once', body: { errcode: 45033 }, ...THROTTLED },
    { name: 'an unknown code', body: { errcode: 777, errmsg: 'hm' }, retryable: false, reason: /777: hm/ },
    { name: 'busy', body: { errcode: '-1', errmsg: 'system busy' }, retryable: true },
  ],
});
