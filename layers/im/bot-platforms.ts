import type { Runtime } from './channel';
import type { BotPlatform } from './chat-app';
import { dingtalkApp } from './dingtalk/app';
import { feishuApp } from './feishu/app';
import { createRuntime } from './runtime';
import { slackApp } from './slack/app';

/** Every chat platform on which people can talk to a bot of ours, one line each. */
export const BOT_PLATFORMS: readonly BotPlatform[] = [dingtalkApp, feishuApp, slackApp];

/** The real clock and network for bots: webhooks and the platforms' APIs may be called. @param emulator base URL of an emulator */
export const createBotRuntime = (emulator?: string): Runtime =>
  createRuntime(
    emulator,
    BOT_PLATFORMS.flatMap(({ hosts }) => hosts),
  );
