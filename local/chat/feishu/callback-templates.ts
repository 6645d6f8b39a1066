import { type CallbackTemplate, type CallbackTemplates, conversationNumber } from '../callback-templates';
import type { Json } from '../json';
import type { User } from '../workspace';
import { encryptAndSign, encryptHandshake } from './encryption';
import { type EventContext, type MessageContent, messageEvent, pressEvent, textContent } from './events';
import { createConversation, createState, SECRETS } from './state';

/** With an Encrypt Key everything is encrypted, and everything but the handshake is signed. */
export function createFeishuTemplates({ isEncrypted }: { isEncrypted: boolean }): CallbackTemplates {
  const { encryptKey, ...others } = SECRETS;
  const state = createState({ now: () => 0, onChange: () => undefined });
  const { users, newId } = state;
  const contextOf = (number: number, at: number): EventContext => {
    const id = `oc_${String(conversationNumber(number)).padStart(32, '0')}`;
    const conversation = createConversation(id, 'group', '运维值班', users);
    return { state: { newId, now: () => at }, by: users[0] as User, conversation, message: newId('om_') };
  };
  const template = (
    build: (context: EventContext, number: number) => Json,
    sign: typeof encryptAndSign = encryptAndSign,
  ): CallbackTemplate => ({
    build: (number, at) => build(contextOf(number, at), number),
    sign: (content, now) => sign(content, { now, nonce: newId(''), ...(isEncrypted && { encryptKey }) }),
  });
  return {
    platform: 'feishu',
    secrets: isEncrypted ? SECRETS : others,
    templates: {
      text: template((context, number) =>
        messageEvent(context, textContent(`工单 ${number}`, context.conversation, users, true)),
      ),
      press: template((context, number) => pressEvent(context, button(number))),
      form: template((context, number) => pressEvent(context, submittedForm(number))),
      file: template((context, number) => messageEvent(context, file(number))),
      handshake: template(
        () => ({ challenge: newId(''), token: SECRETS.verificationToken, type: 'url_verification' }),
        encryptHandshake,
      ),
    },
  };
}

const file = (number: number): MessageContent => ({
  type: 'file',
  content: { file_key: `file_v3_${number}`, file_name: `日志${number}.txt` },
});

/** As in the bot's own cards. */
const button = (number: number): Json => ({
  tag: 'button',
  value: { command: `关闭工单 ${number}`, chat: 'group' },
});
const submittedForm = (number: number): Json => ({
  tag: 'button',
  value: { command: '提工单', chat: 'group' },
  form_value: { subject: `数据库 ${number}`, severity: 'low' },
});
