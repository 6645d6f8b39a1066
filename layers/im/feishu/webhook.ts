import { createHmac } from 'node:crypto';
import type { Platform } from '../channel';
import { isOn } from '../hosts';
import { LIMIT, PLAIN_LIMIT, plain, render } from './render';
import { verdict } from './verdict';

const HOSTS = ['open.feishu.cn', 'open.larksuite.com'];
const HOOK = /^\/open-apis\/bot\/v2\/hook\/[^/]+$/;

/** Feishu (飞书) and Lark custom bots: "Custom bot usage guide" of open.feishu.cn. */
export const feishu: Platform = {
  name: 'feishu',
  limit: LIMIT,
  plainLimit: PLAIN_LIMIT,
  limits: [
    { messages: 100, seconds: 60 },
    { messages: 5, seconds: 1 },
  ],
  hosts: HOSTS,
  knowsKeywords: true,
  owns: (url) => isOn(url, HOSTS) && HOOK.test(url.pathname),
  render,
  plain,
  request(payload, { url, secret }, now) {
    const timestamp = String(Math.floor(now / 1000));
    const body = secret ? { timestamp, sign: sign(secret, timestamp), ...payload } : payload;
    return { url: new URL(url), body };
  },
  verdict,
};

/** The signature of 签名校验: timestamp in seconds; unlike elsewhere the text is the key, and the message is empty. */
export function sign(secret: string, timestamp: string): string {
  return createHmac('sha256', `${timestamp}\n${secret}`).digest('base64');
}
