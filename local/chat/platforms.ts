import type { PlatformName } from './chats';
import { dingtalk } from './dingtalk';
import { feishu } from './feishu';
import type { WebhookPlatform } from './platform';
import { slack } from './slack';
import { teams } from './teams';
import { wecom } from './wecom';

export const PLATFORMS: Readonly<Record<PlatformName, WebhookPlatform>> = { dingtalk, feishu, wecom, slack, teams };
