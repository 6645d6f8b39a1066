import { openScribe as openDingTalk } from './dingtalk/scribe';
import { openScribe as openFeishu } from './feishu/scribe';
import type { Scribe } from './scribe';
import { openScribe as openSlack } from './slack/scribe';

/** One for each platform; of Feishu also one whose bot has no Encrypt Key. */
export function openScribes(): Readonly<Record<'dingtalk' | 'feishu' | 'plain feishu' | 'slack', Scribe>> {
  return {
    dingtalk: openDingTalk(),
    feishu: openFeishu({ encrypted: true }),
    'plain feishu': openFeishu({ encrypted: false }),
    slack: openSlack(),
  };
}
