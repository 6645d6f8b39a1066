import type { WebhookPlatform } from './channel';
import { dingtalk } from './dingtalk/webhook';
import { feishu } from './feishu/webhook';
import { isOn } from './hosts';
import { slack } from './slack/webhook';
import { teams } from './teams/webhook';
import { wecom } from './wecom/webhook';

/** Every chat platform we speak to, one line each. */
export const WEBHOOK_PLATFORMS: readonly WebhookPlatform[] = [dingtalk, feishu, wecom, slack, teams];

/** Whose webhook this url is. Throws an Error that names the hosts we know, and never the url: it is the password. */
export function platformOf(url: string): WebhookPlatform {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed) throw new Error(`The webhook is not a url. ${known()}`);
  const platform = WEBHOOK_PLATFORMS.find((platform) => platform.ownsUrl(parsed));
  if (platform) return platform;
  const retired = WEBHOOK_PLATFORMS.find(
    (platform) => platform.retiredHosts && isOn(parsed, platform.retiredHosts.hosts),
  )?.retiredHosts;
  if (retired) throw new Error(retired.reason);
  throw new Error(`The webhook url is not one of a chat platform we know. ${known()}`);
}

function known(): string {
  return `It begins with https:// and one of: ${WEBHOOK_PLATFORMS.flatMap((platform) => platform.hosts).join(', ')}.`;
}
