import type { Platform } from '../channel';
import { isOn } from '../hosts';
import { LIMIT, render } from './render';
import { verdict } from './verdict';

const HOSTS = ['qyapi.weixin.qq.com'];

/** WeCom (企业微信) group robots: path/99110 of developer.work.weixin.qq.com. Neither signature nor idempotency key exists. */
export const wecom: Platform = {
  name: 'wecom',
  limit: LIMIT,
  hosts: HOSTS,
  owns: (url) => isOn(url, HOSTS) && url.pathname === '/cgi-bin/webhook/send',
  render,
  request: (payload, { url }) => ({ url: new URL(url), body: payload }),
  verdict,
};
