import type { Platform } from './channel';
import { dingtalk } from './dingtalk/webhook';
import { feishu } from './feishu/webhook';
import { isOn } from './hosts';
import { slack } from './slack/webhook';
import { teams } from './teams/webhook';
import { wecom } from './wecom/webhook';

/** Every chat platform we speak to, one line each. */
export const PLATFORMS: readonly Platform[] = [dingtalk, feishu, wecom, slack, teams];

/** Whose webhook this url is. Throws an Error that names the hosts we know, and never the url: it is the password. */
export function platformOf(url: string): Platform {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed) throw new Error(`The webhook is not a url. ${known()}`);
  const platform = PLATFORMS.find((platform) => platform.owns(parsed));
  if (platform) return platform;
  const retired = PLATFORMS.find((platform) => platform.retired && isOn(parsed, platform.retired.hosts))?.retired;
  if (retired) throw new Error(retired.reason);
  throw new Error(`The webhook url is not one of a chat platform we know. ${known()}`);
}

function known(): string {
  return `It begins with https:// and one of: ${PLATFORMS.flatMap((platform) => platform.hosts).join(', ')}.`;
}
