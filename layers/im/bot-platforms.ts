import type { Runtime } from './channel';
import type { BotPlatform } from './chat-app';
import { dingtalkBot } from './dingtalk/bot';
import { feishuBot } from './feishu/bot';
import { createRuntime } from './runtime';
import { slackBot } from './slack/bot';

/** Every chat platform with a bot, one line each. */
export const BOT_PLATFORMS: readonly BotPlatform[] = [dingtalkBot, feishuBot, slackBot];

/** Creates the real clock and network for bots: the platforms' webhooks and APIs may be called. @param emulator base URL of an emulator */
export const createBotRuntime = (emulator?: string): Runtime =>
  createRuntime(
    emulator,
    BOT_PLATFORMS.flatMap(({ hosts }) => hosts),
  );
