import { type CallbackTemplate, type CallbackTemplates, conversationNumber } from '../callback-templates';
import type { Json } from '../json';
import type { Conversation } from '../workspace';
import { mentioned, messageEvent, pressEvent, type Words } from './events';
import { type Office, openOffice, SECRETS, talk } from './office';
import { seal, sealHandshake } from './seal';

type Seal = { now: number; nonce: string; encryptKey?: string };
type Write = (office: Office, room: Conversation, number: number) => Json;

/** With an Encrypt Key everything is encrypted, and everything but the handshake signed. */
export function createCallbackTemplates({ encrypted }: { encrypted: boolean }): CallbackTemplates {
  const { encryptKey, ...others } = SECRETS;
  const office = openOffice({ now: () => 0, onChange: () => undefined });
  const key = encrypted ? encryptKey : undefined;
  const kind = (
    write: Write,
    close: (content: Json, deal: Seal) => ReturnType<CallbackTemplate['sign']>,
  ): CallbackTemplate => ({
    build: (number, at) => write({ ...office, now: () => at }, roomFor(number, office), number),
    sign: (content, now) => close(content, { now, nonce: office.newId(''), encryptKey: key }),
  });
  return {
    platform: 'feishu',
    secrets: encrypted ? SECRETS : others,
    templates: {
      text: kind((here, room, number) => say(here, room, mentioned(here, room, `工单 ${number}`, true)), seal),
      press: kind((here, room, number) => press(here, room, button(number)), seal),
      form: kind((here, room, number) => press(here, room, filled(number)), seal),
      file: kind((here, room, number) => say(here, room, document(number)), seal),
      handshake: kind(
        (here) => ({ challenge: here.newId(''), token: SECRETS.verificationToken, type: 'url_verification' }),
        sealHandshake,
      ),
    },
  };
}

function roomFor(number: number, { people }: Office): Conversation {
  return talk(`oc_${String(conversationNumber(number)).padStart(32, '0')}`, 'group', '运维值班', people);
}

function someone({ people }: Office) {
  const [first] = people;
  if (!first) throw new Error('Nobody works here.');
  return first;
}

const say = (office: Office, room: Conversation, words: Words): Json =>
  messageEvent(office, someone(office), room, office.newId('om_'), words);
const press = (office: Office, room: Conversation, action: Json): Json =>
  pressEvent(office, someone(office), room, office.newId('om_'), action);

const document = (number: number): Words => ({
  type: 'file',
  content: { file_key: `file_v3_${number}`, file_name: `日志${number}.txt` },
});

/** In the words of the bot's own controls. */
const button = (number: number): Json => ({
  tag: 'button',
  value: { command: `关闭工单 ${number}`, chat: 'group' },
});
const filled = (number: number): Json => ({
  tag: 'button',
  value: { command: '提工单', chat: 'group' },
  form_value: { subject: `数据库 ${number}`, severity: 'low' },
});
