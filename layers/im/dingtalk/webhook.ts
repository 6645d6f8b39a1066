import { createHmac } from 'node:crypto';
import type { Payload, Platform, Webhook } from '../channel';
import { isOn } from '../hosts';
import { field } from '../verdict';
import { LIMIT, render } from './render';
import { verdict } from './verdict';

const HOSTS = ['oapi.dingtalk.com', 'oapi.dingtalk.io'];

/** DingTalk (钉钉) custom robots: document "custom-robots-send-group-messages" of open.dingtalk.com. */
export const dingtalk: Platform = {
  name: 'dingtalk',
  limit: LIMIT,
  hosts: HOSTS,
  knowsKeywords: true,
  owns: (url) => isOn(url, HOSTS) && url.pathname === '/robot/send',
  render,
  request(payload, webhook, now, once) {
    const url = new URL(webhook.url);
    if (webhook.secret) {
      url.searchParams.set('timestamp', String(now));
      url.searchParams.set('sign', sign(webhook.secret, now));
    }
    const body = withKeyword(payload, webhook);
    return { url, body: once ? { ...body, msgUuid: once } : body };
  },
  verdict,
};

/** The signature of 加签: timestamp in milliseconds, at most an hour off; the query encodes it once. */
export function sign(secret: string, now: number): string {
  return createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64');
}

/** Whether a keyword counts in the title is not documented, and in the text our escape may have altered it. */
function withKeyword(payload: Payload, { keyword }: Webhook): Payload {
  const kind = payload.msgtype === 'actionCard' ? 'actionCard' : 'markdown';
  const text = field(payload[kind], 'text');
  if (!keyword || typeof text !== 'string' || text.includes(keyword)) return payload;
  return { ...payload, [kind]: { ...Object(payload[kind]), text: `${text}\n\n${keyword}` } };
}
