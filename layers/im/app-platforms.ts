import type { AppPlatform } from './chat-app';
import { dingtalkApp } from './dingtalk/app';
import { feishuApp } from './feishu/app';
import { slackApp } from './slack/app';

/** Every chat platform on which people can talk to a bot of ours, one line each. */
export const APP_PLATFORMS: readonly AppPlatform[] = [dingtalkApp, feishuApp, slackApp];
