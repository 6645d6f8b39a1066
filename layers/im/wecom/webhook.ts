import type { Platform } from '../channel';
import { isOn } from '../hosts';
import { LIMIT, PLAIN_LIMIT, plain, render } from './render';
import { verdict } from './verdict';

const HOSTS = ['qyapi.weixin.qq.com'];

/** WeCom (企业微信) group robots: path/99110 of developer.work.weixin.qq.com. Neither signature nor idempotency key exists. */
export const wecom: Platform = {
  name: 'wecom',
  limit: LIMIT,
  plainLimit: PLAIN_LIMIT,
  limits: [{ messages: 20, seconds: 60 }],
  hosts: HOSTS,
  owns: (url) => isOn(url, HOSTS) && url.pathname === '/cgi-bin/webhook/send',
  render,
  plain,
  request: (payload, { url }) => ({ url: new URL(url), body: payload }),
  verdict,
};
