import { channelContract } from '../channel.contract';
import { dingtalkWebhook, sign } from './webhook';

const TOKEN = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';
const webhook = { url: `https://oapi.dingtalk.com/robot/send?access_token=${TOKEN}`, secret: 'SEC0a1b2c3d' };
const PAYLOAD = { msgtype: 'markdown', markdown: { title: '🔵 t', text: '#### 🔵 t' } };

/** Ten minutes, as long as the robot is held: the document's own number. */
const THROTTLED = { retryable: true, retryAfterSeconds: 600, throttled: true as const };

channelContract(dingtalkWebhook, {
  webhook,
  secrets: [TOKEN, webhook.secret],
  urls: ['https://oapi.dingtalk.io/robot/send?access_token=0123abcd'],
  rateLimits: [{ messages: 20, seconds: 60 }],
  monthlyQuota: 3000,
  accept: [{ body: { errcode: 0, errmsg: 'ok' } }, { body: { errcode: '0' } }],
  refusals: [
    security('keywords not in content', /requires one of its keywords/),
    security('invalid timestamp', /set the clock/),
    security('sign not match, more: [https://ding-doc.dingtalk.com]', /SEC\.\.\. secret/),
    security('ip 1.2.3.4 not in whitelist', /allows only certain IP addresses/),
    security('something new', /security settings/),
    { name: 'busy', body: { errcode: -1 }, retryable: true },
    { name: 'too fast', body: { errcode: 130101, errmsg: 'send too fast' }, ...THROTTLED },
    { name: 'too fast, as text', body: { errcode: '410100' }, ...THROTTLED },
    { name: 'blocked address', body: { status: 1111, wait: 5, punish: 'deny' }, ...THROTTLED, retryAfterSeconds: 300 },
    { name: 'too fast, by a gateway', status: 429, body: { errcode: 777 }, retryable: true, throttled: true },
    { name: 'no token', body: { errcode: 40035 }, retryable: false, reason: /lacks its access_token/ },
    { name: 'unknown token', body: { errcode: 300005 }, retryable: false, reason: /copy the webhook url/ },
    ...[460101, 101002].map((errcode) => rejected(errcode, /20000 bytes/)),
    ...[430101, 430102, 430103, 430104].map((errcode) => rejected(errcode, /content check/)),
    rejected(400105, /kind of message/),
    { name: 'an unknown code', body: { errcode: 777, errmsg: 'hm' }, retryable: false, reason: /777: hm/ },
    { name: 'a code that is no number', body: { errcode: 'x' }, retryable: true },
  ],
});

function rejected(errcode: number, reason: RegExp) {
  return {
    name: `payload rejected: ${errcode}`,
    body: { errcode },
    retryable: false,
    payloadRejected: true as const,
    reason,
  };
}

function security(errmsg: string, reason: RegExp) {
  return { name: errmsg, body: { errcode: 310000, errmsg }, retryable: false, reason };
}

it('sign() agrees with the published example', () => {
  expect(sign('this is a secret', 1577262236757)).toBe('DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA=');
});

it('puts timestamp and signature into the query, encoded once', () => {
  const { url } = dingtalkWebhook.buildRequest(PAYLOAD, { ...webhook, secret: 'this is a secret' }, 1577262236757);
  expect(url.search).toBe(
    `?access_token=${TOKEN}&timestamp=1577262236757&sign=DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA%3D`,
  );
});

it('does not sign without a secret', () => {
  const { url } = dingtalkWebhook.buildRequest(PAYLOAD, { url: webhook.url }, 0);
  expect(url.href).toBe(webhook.url);
});

it('sends the idempotency key as msgUuid', () => {
  expect(dingtalkWebhook.buildRequest(PAYLOAD, webhook, 0, 'evt-1').body).toEqual({ ...PAYLOAD, msgUuid: 'evt-1' });
});

it('adds the keyword to a plain text that lacks it, and only there', () => {
  const lacking = { msgtype: 'text', text: { content: '一切正常' } };
  expect(dingtalkWebhook.buildRequest(lacking, { ...webhook, keyword: '告警' }, 0).body).toEqual({
    msgtype: 'text',
    text: { content: '一切正常\n\n告警' },
  });
  const holding = { msgtype: 'text', text: { content: '新告警' } };
  expect(dingtalkWebhook.buildRequest(holding, { ...webhook, keyword: '告警' }, 0).body).toEqual(holding);
});

it('adds the keyword where escaping has altered it', () => {
  const payload = { msgtype: 'markdown', markdown: { title: '[AWS]', text: '#### \\[AWS\\]' } };
  const { body } = dingtalkWebhook.buildRequest(payload, { ...webhook, keyword: '[AWS]' }, 0);
  expect(body).toEqual({ msgtype: 'markdown', markdown: { title: '[AWS]', text: '#### \\[AWS\\]\n\n[AWS]' } });
});
