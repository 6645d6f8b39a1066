import type { CallbackTemplates } from './callback-templates';
import { createCallbackTemplates as openDingTalk } from './dingtalk/callback-templates';
import { createCallbackTemplates as openFeishu } from './feishu/callback-templates';
import { createCallbackTemplates as openSlack } from './slack/callback-templates';

/** One for each platform; of Feishu also one whose bot has no Encrypt Key. */
export function createCallbackTemplates(): Readonly<
  Record<'dingtalk' | 'feishu' | 'plain feishu' | 'slack', CallbackTemplates>
> {
  return {
    dingtalk: openDingTalk(),
    feishu: openFeishu({ encrypted: true }),
    'plain feishu': openFeishu({ encrypted: false }),
    slack: openSlack(),
  };
}
