import type { Room, RoomSetup } from './chats';

const HEX = '0123456789abcdef';
const UUID = '01234567-89ab-4cde-8f01-23456789abcd';
const WORKFLOW = '/powerautomate/automations/direct/workflows';
const TRIGGER = '/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0';

/** One room on each platform, with urls and secrets in the shape of real ones and open to nothing. */
export const ROOMS: readonly RoomSetup[] = [
  {
    platform: 'dingtalk',
    url: `https://oapi.dingtalk.com/robot/send?access_token=${HEX.repeat(4)}`,
    secret: `SEC${HEX.repeat(4)}`,
    keyword: 'Casebell',
  },
  {
    platform: 'feishu',
    url: `https://open.feishu.cn/open-apis/bot/v2/hook/${UUID}`,
    secret: HEX.repeat(2).slice(0, 22),
  },
  { platform: 'wecom', url: `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${UUID}` },
  { platform: 'slack', url: `https://hooks.slack.com/services/T${'0'.repeat(8)}/B${'0'.repeat(8)}/${'X'.repeat(24)}` },
  {
    platform: 'teams',
    url: `https://default${HEX}.0.environment.api.powerplatform.com:443${WORKFLOW}/${HEX.repeat(2)}${TRIGGER}&sig=${'X'.repeat(43)}`,
  },
];

export function openRoom(setup: RoomSetup): Room {
  return { ...setup, messages: [], rejections: [], duplicateCount: 0 };
}

/** Whether a request went to this room: same host and path, and all that its webhook url says in the query. */
export function isAt(room: RoomSetup, url: URL): boolean {
  const own = new URL(room.url);
  const same = own.hostname === url.hostname && own.pathname === url.pathname;
  return same && [...own.searchParams].every(([name, value]) => url.searchParams.get(name) === value);
}
