import type { Runtime } from './channel';
import type { BotPlatform } from './chat-app';
import { dingtalkApp } from './dingtalk/app';
import { feishuApp } from './feishu/app';
import { createRuntime } from './runtime';
import { slackBot } from './slack/bot';

/** Every chat platform with a bot, one line each. */
export const BOT_PLATFORMS: readonly BotPlatform[] = [dingtalkApp, feishuApp, slackBot];

/** Creates the real clock and network for bots: the platforms' webhooks and APIs may be called. @param emulator base URL of an emulator */
export const createBotRuntime = (emulator?: string): Runtime =>
  createRuntime(
    emulator,
    BOT_PLATFORMS.flatMap(({ hosts }) => hosts),
  );
