import { type CallbackTemplate, type CallbackTemplates, conversationNumber } from '../callback-templates';
import { isObject, type Json } from '../json';
import type { Saying } from './archive';
import { mentionEvent, messageEvent } from './event-letters';
import { blockActions, slashCommand } from './interaction-letters';
import { directId, PEOPLE, SECRETS } from './organisation';
import type { Letter } from './postman';
import { sign } from './sign';
import type { Stamp } from './stamp';

const [SOMEBODY = { id: '', name: '', email: '', mobile: '' }] = PEOPLE;
const RESPONSE = `https://hooks.slack.com/actions/T0CASEBELL/1/${'X'.repeat(24)}`;

type Type = Letter['type'];
const [JSON_TYPE, FORM_TYPE]: [Type, Type] = ['application/json', 'application/x-www-form-urlencoded'];

/** What stands in a letter, and how it is written: as JSON, as JSON in a form's `payload`, or as the form itself. */
interface Way {
  read(body: string): unknown;
  write(content: Json): string;
  type: Type;
}

const PLAIN: Way = { read: JSON.parse, write: (content) => JSON.stringify(content), type: JSON_TYPE };
const PAYLOAD: Way = {
  read: (body) => JSON.parse(new URLSearchParams(body).get('payload') ?? ''),
  write: (content) => new URLSearchParams({ payload: JSON.stringify(content) }).toString(),
  type: FORM_TYPE,
};
const FIELDS: Way = {
  read: (body) => Object.fromEntries(new URLSearchParams(body)),
  write: (content) => new URLSearchParams(Object.fromEntries(Object.entries(content).map(wordOf))).toString(),
  type: FORM_TYPE,
};

export function createCallbackTemplates(): CallbackTemplates {
  return {
    platform: 'slack',
    secrets: SECRETS,
    templates: {
      text: kind(PLAIN, (number, stamp) =>
        mentionEvent(saying(number, stamp, { text: `工单 ${number}` }), SOMEBODY, stamp),
      ),
      press: kind(PAYLOAD, (number, stamp) => pressed('press:0', `关闭工单 ${number}`, {}, number, stamp)),
      form: kind(PAYLOAD, (number, stamp) => {
        const state = { 'field:0': { subject: { type: 'plain_text_input', value: `数据库 ${number}` } } };
        return pressed('submit:0', '提工单', state, number, stamp);
      }),
      file: kind(PLAIN, (number, stamp) => {
        const files = [{ id: `F0${number}`, name: `日志${number}.txt`, mimetype: 'text/plain' }];
        return messageEvent({ ...saying(number, stamp, { files }), channel: directId(SOMEBODY.id) }, SOMEBODY, stamp);
      }),
      slash: kind(FIELDS, (number, stamp) =>
        slashCommand(`工单 ${number}`, channelOf(number), SOMEBODY, RESPONSE.replace('actions', 'commands'), stamp),
      ),
      handshake: kind(PLAIN, (number) => {
        const body = JSON.stringify({
          token: 'deprecated',
          challenge: `challenge-${number}`,
          type: 'url_verification',
        });
        return { body, type: JSON_TYPE, isEvent: false };
      }),
    },
  };
}

function kind({ read, write, type }: Way, letter: (number: number, stamp: Stamp) => Letter): CallbackTemplate {
  return {
    build(number, now) {
      const content = read(letter(number, { number, now }).body);
      return isObject(content) ? content : {};
    },
    sign(content, at) {
      const body = write(content);
      return { headers: { 'content-type': type, ...sign(body, SECRETS.signingSecret, at) }, body };
    },
  };
}

const channelOf = (number: number): string => `C0ROOM${conversationNumber(number)}`;

function saying(number: number, { now }: Stamp, payload: Json): Saying {
  const ts = `${Math.floor(now / 1000)}.${String(number % 1e6).padStart(6, '0')}`;
  return { ts, channel: channelOf(number), by: SOMEBODY.id, payload };
}

function pressed(action_id: string, value: string, state: Json, number: number, stamp: Stamp): Letter {
  const element = { type: 'button', action_id, value, text: { type: 'plain_text', text: 'OK' } };
  const pressable = { block: { block_id: 'b', elements: [element] }, element, label: 'OK' };
  const message = { ...saying(number, stamp, { text: '🔵' }), by: 'bot' };
  return blockActions(message, pressable, SOMEBODY, { state, url: RESPONSE, hasReplies: false }, stamp);
}

/** A form has nothing but words. */
const wordOf = ([name, value]: [string, unknown]) => [
  name,
  typeof value === 'string' ? value : String(JSON.stringify(value)),
];
