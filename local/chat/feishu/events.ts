import type { Json } from '../json';
import type { Conversation, User } from '../workspace';
import { BOT, type Office, SECRETS } from './office';

export interface Words {
  type: 'text' | 'post' | 'image' | 'file';
  content: Json;
  mentions?: Json[];
}

/** im.message.receive_v1: page "接收消息" of open.feishu.cn. */
export function messageEvent(office: Office, by: User, talk: Conversation, id: string, words: Words): Json {
  const at = String(office.now());
  const { type, content, mentions = [] } = words;
  return envelope(office, 'im.message.receive_v1', at, {
    sender: { sender_id: idsOf(by), sender_type: 'user', tenant_key: office.tenantOf(by) },
    message: {
      message_id: id,
      create_time: at,
      update_time: at,
      chat_id: talk.id,
      chat_type: talk.kind === 'direct' ? 'p2p' : 'group',
      message_type: type,
      content: JSON.stringify(content),
      ...(mentions.length > 0 && { mentions }),
    },
  });
}

/** card.action.trigger: page "卡片回传交互回调", whose create_time is in microseconds. */
export function pressEvent(office: Office, by: User, talk: Conversation, message: string, action: Json): Json {
  return envelope(office, 'card.action.trigger', `${office.now()}000`, {
    operator: { tenant_key: office.tenantOf(by), ...idsOf(by) },
    token: office.newId('c-'),
    action,
    host: 'im_message',
    context: { open_message_id: message, open_chat_id: talk.id },
  });
}

/** The text as it is sent, with a placeholder for everyone who is called in it. */
export function mentioned(office: Office, talk: Conversation, text: string, bot: boolean): Words {
  const mentions: Json[] = [];
  const call = (id: Json, type: 'bot' | 'user', name: string) => {
    const key = `@_user_${mentions.length + 1}`;
    mentions.push({ key, id, mentioned_type: type, name, tenant_key: SECRETS.tenantKey });
    return key;
  };
  const start = bot
    ? `${call({ union_id: BOT.id.replace('ou_', 'on_'), user_id: null, open_id: BOT.id }, 'bot', BOT.name)} `
    : '';
  const there = office.people.filter(({ id }) => talk.members.includes(id));
  const words = there.reduce((text, person) => {
    return text.includes(`@${person.name}`)
      ? text.replaceAll(`@${person.name}`, call(idsOf(person), 'user', person.name))
      : text;
  }, text);
  return { type: 'text', content: { text: start + words }, mentions };
}

function envelope(office: Office, type: string, create_time: string, event: Json): Json {
  const header = {
    event_id: office.newId(''),
    event_type: type,
    create_time,
    token: SECRETS.verificationToken,
    app_id: SECRETS.appId,
    tenant_key: SECRETS.tenantKey,
  };
  return { schema: '2.0', header, event };
}

/** Without user_id, which only apps with contact:user.employee_id:readonly are told. */
function idsOf({ id }: User): Json {
  return { union_id: id.replace('ou_', 'on_'), open_id: id };
}
