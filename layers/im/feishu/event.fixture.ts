import { encryptAndSign } from '../../../local/chat/feishu/encryption';
import { BOT, SECRETS } from '../../../local/chat/feishu/state';
import type { SignedCallback } from '../../../local/chat/workspace';
import type { CallbackRequest } from '../chat-app';

export const NOW = Date.parse('2026-05-01T12:00:00Z');
export const KEY = SECRETS.encryptKey;
export const ENCRYPTED = { ...SECRETS };
const { encryptKey: _, ...plain } = SECRETS;
export const PLAIN: Record<string, string> = plain;

const FANG = { union_id: 'on_1', user_id: null, open_id: 'ou_1' };

export const BOT_MENTION = { key: '@_user_1', id: { open_id: BOT.id }, mentioned_type: 'bot', name: 'Casebell' };

export interface Parts {
  header?: object;
  sender?: object;
  message?: object;
}

/** im.message.receive_v1 in a group, with these changes. */
export function messageEvent({ header, sender, message }: Parts = {}): object {
  return {
    schema: '2.0',
    header: { ...headerOf('im.message.receive_v1'), create_time: String(NOW), ...header },
    event: {
      sender: { sender_id: FANG, sender_type: 'user', tenant_key: SECRETS.tenantKey, ...sender },
      message: {
        message_id: 'om_1',
        create_time: String(NOW - 5),
        chat_id: 'oc_1',
        chat_type: 'group',
        message_type: 'text',
        content: '{"text":"@_user_1 你好"}',
        mentions: [BOT_MENTION],
        ...message,
      },
    },
  };
}

/** card.action.trigger in a group, with these changes. */
export function pressEvent({ operator = {}, action = {}, context = {} }: Record<string, object> = {}): object {
  return {
    schema: '2.0',
    header: { ...headerOf('card.action.trigger'), create_time: `${NOW}000` },
    event: {
      operator: { tenant_key: SECRETS.tenantKey, open_id: 'ou_1', ...operator },
      token: 'c-1',
      action: { tag: 'button', value: { command: '关闭 42', chat: 'group' }, ...action },
      context: { open_message_id: 'om_1', open_chat_id: 'oc_1', ...context },
    },
  };
}

export function toRequest({ headers, body }: SignedCallback, change: Partial<CallbackRequest> = {}): CallbackRequest {
  return { method: 'POST', headers, body: Buffer.from(body), ...change };
}

/** The event as a request of Feishu: encrypted and signed where there is an Encrypt Key. */
export function signedRequest(event: object, encryptKey?: string, now = NOW): CallbackRequest {
  return toRequest(encryptAndSign(event, { now, nonce: '950646929', encryptKey }));
}

function headerOf(type: string): object {
  return {
    event_id: 'e1',
    event_type: type,
    token: SECRETS.verificationToken,
    app_id: SECRETS.appId,
    tenant_key: SECRETS.tenantKey,
  };
}
