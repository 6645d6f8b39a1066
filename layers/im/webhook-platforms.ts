import type { WebhookPlatform } from './channel';
import { dingtalkWebhook } from './dingtalk/webhook';
import { feishuWebhook } from './feishu/webhook';
import { isOnHosts } from './http';
import { slackWebhook } from './slack/webhook';
import { teamsWebhook } from './teams/webhook';
import { wecomWebhook } from './wecom/webhook';

/** Every chat platform with an incoming webhook, one line each. */
export const WEBHOOK_PLATFORMS: readonly WebhookPlatform[] = [
  dingtalkWebhook,
  feishuWebhook,
  wecomWebhook,
  slackWebhook,
  teamsWebhook,
];

/** The platform that owns this webhook url. Throws an Error that names the known hosts, and never the url: it is the password. */
export function platformOf(url: string): WebhookPlatform {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed) throw new Error(`The webhook is not a url. ${knownHosts()}`);
  const platform = WEBHOOK_PLATFORMS.find((platform) => platform.ownsUrl(parsed));
  if (platform) return platform;
  const retired = WEBHOOK_PLATFORMS.find(
    (platform) => platform.retiredHosts && isOnHosts(parsed, platform.retiredHosts.hosts),
  )?.retiredHosts;
  if (retired) throw new Error(retired.reason);
  throw new Error(`The webhook url is not one of a chat platform we know. ${knownHosts()}`);
}

function knownHosts(): string {
  return `It begins with https:// and one of: ${WEBHOOK_PLATFORMS.flatMap((platform) => platform.hosts).join(', ')}.`;
}
