import type { Payload } from '../channel';
import type { CallbackRequest } from '../chat-app';
import { sign } from './webhook';

export const NOW = Date.UTC(2026, 0);
export const SECRETS = { appKey: 'dingkey', appSecret: 'this is a secret', corpId: 'dingcorp' };
export const SESSION = 'https://oapi.dingtalk.com/robot/sendBySession?session=0123456789abcdef';

/** The callback of a message in a group, as documented. */
export const BODY: Payload = {
  conversationId: 'cid1==',
  conversationType: '2',
  conversationTitle: '运维',
  atUsers: [{ dingtalkId: '$:LWCP_v1:$bot' }, { dingtalkId: '$:LWCP_v1:$li', staffId: '0147' }],
  chatbotCorpId: 'dingcorp',
  chatbotUserId: '$:LWCP_v1:$bot',
  msgId: 'msg1==',
  senderNick: '王芳',
  isAdmin: true,
  senderStaffId: '0242',
  senderId: '$:LWCP_v1:$wang',
  senderCorpId: 'dingcorp',
  isInAtList: true,
  sessionWebhook: SESSION,
  sessionWebhookExpiredTime: NOW + 5_400_000,
  createAt: NOW - 300,
  robotCode: 'dingkey',
  text: { content: ' 开工单 ' },
  msgtype: 'text',
};

/** The signed callback with these changes; `undefined` removes a field. */
export function callback(changes: Payload = {}, at = NOW, secret = SECRETS.appSecret): CallbackRequest {
  return signed(JSON.stringify({ ...BODY, ...changes }), at, secret);
}

export function signed(body: string | Buffer, at = NOW, secret = SECRETS.appSecret): CallbackRequest {
  return { method: 'POST', headers: { timestamp: `${at}`, sign: sign(secret, at) }, body: Buffer.from(body) };
}
