import type { CallbackTemplates } from './callback-templates';
import { dingtalk } from './dingtalk';
import { feishu } from './feishu';
import { type BotChatPlatform, type ChatPlatform, isBotPlatform } from './platform';
import { slack } from './slack';
import { teams } from './teams';
import { wecom } from './wecom';
import type { Workspace, WorkspaceOptions } from './workspace';

export const PLATFORMS = { dingtalk, feishu, wecom, slack, teams };

export type PlatformName = keyof typeof PLATFORMS;
/** Platforms on which people can talk to a bot. */
export type BotPlatformName = {
  [Name in PlatformName]: (typeof PLATFORMS)[Name] extends BotChatPlatform ? Name : never;
}[PlatformName];

const ALL: Readonly<Record<string, ChatPlatform>> = PLATFORMS;
/** Those with bots. */
export const BOT_PLATFORMS = Object.values(ALL).filter(isBotPlatform);
export const BOT_PLATFORM_NAMES = Object.keys(ALL).filter((name) => isBotPlatform(platformNamed(name)));

/** @throws if no platform has this name. */
export function platformNamed(name: string): ChatPlatform {
  const platform = Object.hasOwn(ALL, name) ? ALL[name] : undefined;
  if (!platform) throw new Error(`There is no chat platform ${name}.`);
  return platform;
}

/** The name of the first platform on which a case gets such a conversation. */
export function botPlatformWith(caseConversation: NonNullable<BotChatPlatform['caseConversation']>): BotPlatformName {
  const isSuch = (platform: ChatPlatform) => isBotPlatform(platform) && platform.caseConversation === caseConversation;
  const [name] = Object.entries(ALL).find(([, platform]) => isSuch(platform)) ?? [];
  return name as BotPlatformName;
}

/** One workspace on each platform that has bots. */
export function createWorkspaces(options: WorkspaceOptions): Workspace[] {
  return BOT_PLATFORMS.map((platform) => platform.createWorkspace(options));
}

/** The callbacks of each platform, and of each variant of a platform, by name. */
export function createCallbackTemplates(): Readonly<Record<string, CallbackTemplates>> {
  return Object.assign({}, ...BOT_PLATFORMS.map((platform) => platform.createCallbackTemplates()));
}
