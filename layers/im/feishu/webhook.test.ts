import { channelContract } from '../channel.contract';
import { feishuWebhook, sign } from './webhook';

const TOKEN = '01234567-89ab-cdef-0123-456789abcdef';
const webhook = { url: `https://open.feishu.cn/open-apis/bot/v2/hook/${TOKEN}`, secret: 'aB3dE5gH7jK9' };

const THROTTLED = { retryable: true, retryAfterSeconds: 5, throttled: true as const };
const REJECTED = { retryable: false, payloadRejected: true as const };

channelContract(feishuWebhook, {
  webhook,
  secrets: [TOKEN, webhook.secret],
  urls: ['https://open.larksuite.com/open-apis/bot/v2/hook/0123abcd'],
  rateLimits: [
    { messages: 100, seconds: 60 },
    { messages: 5, seconds: 1 },
  ],
  accept: [
    { body: { code: 0, msg: 'success', data: {}, StatusCode: 0 } },
    { body: { StatusCode: 0, StatusMessage: 'success' } },
    { body: { code: '0' } },
  ],
  refusals: [
    { name: 'too fast', body: { code: 11232, msg: 'frequency limited' }, ...THROTTLED },
    { name: 'too fast, as text', body: { code: 9499, msg: 'frequency limited' }, ...THROTTLED },
    { name: 'bad request', status: 400, body: { code: 9499, msg: 'Bad Request' }, ...REJECTED },
    { name: 'token', body: { code: 19001, msg: 'param invalid' }, retryable: false, reason: /copy it again/ },
    { name: 'signature', body: { code: 19021, msg: 'sign match fail' }, retryable: false, reason: /secret.*clock/ },
    { name: 'address', body: { code: 19022, msg: 'Ip Not Allowed' }, retryable: false, reason: /IP addresses/ },
    { name: 'keyword', body: { code: 19024, msg: 'Key Words Not Found' }, retryable: false, reason: /keyword/ },
    { name: 'card', body: { code: 11246, msg: 'ErrCode: 200621' }, ...REJECTED, reason: /ErrCode: 200621/ },
    { name: 'card, by the message API', body: { code: 230099 }, ...REJECTED, reason: /rejects the card/ },
    { name: 'too long', body: { code: 230025 }, ...REJECTED, reason: /too long/ },
    { name: 'too long, in an old log', body: { code: 19036 }, ...REJECTED, reason: /too long/ },
    { name: 'new, on HTTP 400', status: 400, body: { code: 777, msg: 'hm' }, ...REJECTED, reason: /777: hm/ },
    { name: 'token, on HTTP 400', status: 400, body: { code: 19001 }, retryable: false },
    { name: 'new, on HTTP 429', status: 429, body: { code: 777 }, retryable: true, throttled: true },
    { name: 'legacy', body: { StatusCode: 1, StatusMessage: 'no' }, retryable: false, reason: /no/ },
    { name: 'code 0 on HTTP 500', status: 500, body: { code: 0 }, retryable: true },
  ],
});

it('sign() agrees with the published example', () => {
  expect(sign('demo', '1599360473')).toBe('l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=');
});

it('puts timestamp, in seconds, and signature into the body', () => {
  const { url, body } = feishuWebhook.buildRequest(
    { msg_type: 'interactive' },
    { url: webhook.url, secret: 'demo' },
    1599360473999,
  );
  expect(url.href).toBe(webhook.url);
  expect(body).toEqual({
    timestamp: '1599360473',
    sign: 'l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=',
    msg_type: 'interactive',
  });
});
