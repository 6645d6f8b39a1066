import type { Json } from '../json';
import type { Conversation, User } from '../workspace';
import { BOT, type FeishuState, SECRETS, tenantOf } from './state';

export interface MessageContent {
  readonly type: 'text' | 'post' | 'image' | 'file';
  readonly content: Json;
  readonly mentions?: readonly Json[];
}

/** The place and the user of an event. */
export interface EventContext {
  readonly state: Pick<FeishuState, 'now' | 'newId'>;
  readonly by: User;
  readonly conversation: Conversation;
  /** The id of the message. */
  readonly message: string;
}

/** im.message.receive_v1: page "接收消息" of open.feishu.cn. */
export function messageEvent(context: EventContext, { type, content, mentions = [] }: MessageContent): Json {
  const { state, by, conversation, message } = context;
  const at = String(state.now());
  return envelope(context, 'im.message.receive_v1', at, {
    sender: { sender_id: idsOf(by), sender_type: 'user', tenant_key: tenantOf(by) },
    message: {
      message_id: message,
      create_time: at,
      update_time: at,
      chat_id: conversation.id,
      chat_type: conversation.kind === 'direct' ? 'p2p' : 'group',
      message_type: type,
      content: JSON.stringify(content),
      ...(mentions.length > 0 && { mentions }),
    },
  });
}

/** card.action.trigger: page "卡片回传交互回调", whose create_time is in microseconds. */
export function pressEvent(context: EventContext, action: Json): Json {
  const { state, by, conversation, message } = context;
  return envelope(context, 'card.action.trigger', `${state.now()}000`, {
    operator: { tenant_key: tenantOf(by), ...idsOf(by) },
    token: state.newId('c-'),
    action,
    host: 'im_message',
    context: { open_message_id: message, open_chat_id: conversation.id },
  });
}

function envelope({ state }: EventContext, event_type: string, create_time: string, event: Json): Json {
  const { verificationToken: token, appId: app_id, tenantKey: tenant_key } = SECRETS;
  const header = { event_id: state.newId(''), event_type, create_time, token, app_id, tenant_key };
  return { schema: '2.0', header, event };
}

/** A text as it is sent, with a placeholder for each mention. */
export function textContent(
  text: string,
  conversation: Conversation,
  users: readonly User[],
  isForBot: boolean,
): MessageContent {
  const mentions: Json[] = [];
  const mention = (id: Json, mentioned_type: 'bot' | 'user', name: string) => {
    const key = `@_user_${mentions.length + 1}`;
    mentions.push({ key, id, mentioned_type, name, tenant_key: SECRETS.tenantKey });
    return key;
  };
  const botId = { union_id: BOT.id.replace('ou_', 'on_'), user_id: null, open_id: BOT.id };
  const start = isForBot ? `${mention(botId, 'bot', BOT.name)} ` : '';
  const named = users.filter(({ id, name }) => conversation.members.includes(id) && text.includes(`@${name}`));
  const replaced = named.reduce(
    (result, user) => result.replaceAll(`@${user.name}`, mention(idsOf(user), 'user', user.name)),
    text,
  );
  return { type: 'text', content: { text: start + replaced }, mentions };
}

/** Without user_id, which needs the permission contact:user.employee_id:readonly. */
function idsOf({ id }: User): Json {
  return { union_id: id.replace('ou_', 'on_'), open_id: id };
}
