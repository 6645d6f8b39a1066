import type { Json } from '../json';
import { type Kind, roomOf, type Scribe } from '../scribe';
import type { Talk } from '../workplace';
import { mentioned, messageEvent, pressEvent, type Words } from './events';
import { type Office, openOffice, SECRETS, talk } from './office';
import { seal, sealHandshake } from './seal';

type Seal = { now: number; nonce: string; encryptKey?: string };
type Write = (office: Office, room: Talk, number: number) => Json;

/** With an Encrypt Key everything is encrypted, and everything but the handshake signed. */
export function openScribe({ encrypted }: { encrypted: boolean }): Scribe {
  const { encryptKey, ...others } = SECRETS;
  const office = openOffice({ now: () => 0, changed: () => undefined });
  const key = encrypted ? encryptKey : undefined;
  const kind = (write: Write, close: (content: Json, deal: Seal) => ReturnType<Kind['seal']>): Kind => ({
    draft: (number, at) => write({ ...office, now: () => at }, roomFor(number, office), number),
    seal: (content, now) => close(content, { now, nonce: office.newId(''), encryptKey: key }),
  });
  return {
    platform: 'feishu',
    secrets: encrypted ? SECRETS : others,
    kinds: {
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

function roomFor(number: number, { people }: Office): Talk {
  return talk(`oc_${String(roomOf(number)).padStart(32, '0')}`, 'group', '运维值班', people);
}

function someone({ people }: Office) {
  const [first] = people;
  if (!first) throw new Error('Nobody works here.');
  return first;
}

const say = (office: Office, room: Talk, words: Words): Json =>
  messageEvent(office, someone(office), room, office.newId('om_'), words);
const press = (office: Office, room: Talk, action: Json): Json =>
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
