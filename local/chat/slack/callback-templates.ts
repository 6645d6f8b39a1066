import { type CallbackTemplate, type CallbackTemplates, conversationNumber } from '../callback-templates';
import { isObject, type Json } from '../json';
import type { User } from '../workspace';
import { signatureHeaders } from './event-sender';
import { blockActions, mentionEvent, messageEvent, type SlackCallback, slashCommand } from './events';
import { directId, SECRETS, USERS } from './organization';
import type { SlackMessage, Stamp } from './state';

const AUTHOR = USERS[0] as User;
const RESPONSE_URL = `https://hooks.slack.com/actions/T0CASEBELL/1/${'X'.repeat(24)}`;

/** Where the content is: the JSON body, JSON in the form field `payload`, or the form itself. */
interface Format {
  read(body: string): unknown;
  write(content: Json): string;
  type: SlackCallback['type'];
}

const JSON_BODY: Format = { read: JSON.parse, write: JSON.stringify, type: 'application/json' };
const PAYLOAD_FIELD: Format = {
  read: (body) => JSON.parse(new URLSearchParams(body).get('payload') ?? ''),
  write: (content) => new URLSearchParams({ payload: JSON.stringify(content) }).toString(),
  type: 'application/x-www-form-urlencoded',
};
const FORM: Format = {
  read: (body) => Object.fromEntries(new URLSearchParams(body)),
  write: (content) => new URLSearchParams(Object.fromEntries(Object.entries(content).map(formField))).toString(),
  type: 'application/x-www-form-urlencoded',
};

export function createSlackTemplates(): CallbackTemplates {
  return {
    platform: 'slack',
    secrets: SECRETS,
    templates: {
      text: template(JSON_BODY, (number, stamp) =>
        mentionEvent(message(number, stamp, { text: `工单 ${number}` }), AUTHOR, stamp),
      ),
      press: template(PAYLOAD_FIELD, (number, stamp) => press('press:0', `关闭工单 ${number}`, {}, number, stamp)),
      form: template(PAYLOAD_FIELD, (number, stamp) => {
        const state = { 'field:0': { subject: { type: 'plain_text_input', value: `数据库 ${number}` } } };
        return press('submit:0', '提工单', state, number, stamp);
      }),
      file: template(JSON_BODY, (number, stamp) => {
        const files = [{ id: `F0${number}`, name: `日志${number}.txt`, mimetype: 'text/plain' }];
        return messageEvent({ ...message(number, stamp, { files }), channel: directId(AUTHOR.id) }, AUTHOR, stamp);
      }),
      slash: template(FORM, (number, stamp) => {
        const responseUrl = RESPONSE_URL.replace('actions', 'commands');
        return slashCommand(`工单 ${number}`, { channel: channelOf(number), author: AUTHOR, responseUrl }, stamp);
      }),
      handshake: template(JSON_BODY, (number) => {
        const content = { token: 'deprecated', challenge: `challenge-${number}`, type: 'url_verification' };
        return { body: JSON.stringify(content), type: 'application/json', isEvent: false };
      }),
    },
  };
}

function template(
  { read, write, type }: Format,
  create: (number: number, stamp: Stamp) => SlackCallback,
): CallbackTemplate {
  return {
    build(number, now) {
      const content = read(create(number, { number, now }).body);
      return isObject(content) ? content : {};
    },
    sign(content, at) {
      const body = write(content);
      return { headers: { 'content-type': type, ...signatureHeaders(body, SECRETS.signingSecret, at) }, body };
    },
  };
}

const channelOf = (number: number): string => `C0ROOM${conversationNumber(number)}`;

function message(number: number, { now }: Stamp, payload: Json): SlackMessage {
  const ts = `${Math.floor(now / 1000)}.${String(number % 1e6).padStart(6, '0')}`;
  return { ts, channel: channelOf(number), by: AUTHOR.id, payload };
}

function press(action_id: string, value: string, state: Json, number: number, stamp: Stamp): SlackCallback {
  const element = { type: 'button', action_id, value, text: { type: 'plain_text', text: 'OK' } };
  const button = { block: { block_id: 'b', elements: [element] }, element, label: 'OK' };
  const pressed = { ...message(number, stamp, { text: '🔵' }), by: 'bot' };
  return blockActions(pressed, button, { author: AUTHOR, state, responseUrl: RESPONSE_URL, hasReplies: false }, stamp);
}

/** The values of a form are texts. */
const formField = ([name, value]: [string, unknown]) => [
  name,
  typeof value === 'string' ? value : String(JSON.stringify(value)),
];
