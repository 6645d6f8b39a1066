import { everyObject, isObject, type Json, parseObject, textAt } from '../json';

import type { ApiCall, Post, Talk } from '../workplace';
import { type ApiReply, done, refuse } from './api-reply';
import { objectionTo } from './card';
import { objectionToControls } from './card-controls';
import { controlsOf } from './controls';
import { callsIn } from './markdown';
import { BOT, type Office, SECRETS, show } from './office';
import { openPaces } from './paces';
import { see } from './see';

const HOUR = 3_600_000;
/** Page "发送消息". */
const MOST_BYTES: Readonly<Record<string, number>> = { text: 150 * 1024, interactive: 30 * 1024, post: 30 * 1024 };
const PER_CHAT = [{ count: 5, within: 1000 }];

interface Sent {
  at: number;
  talk: Talk;
  post: Post;
}

/** POST im/v1/messages: says what the bot says. */
export function openMessages(office: Office): (call: ApiCall) => ApiReply {
  const known = new Map<string, Sent>();
  const waitOf = openPaces(office.now, PER_CHAT);

  function tell(call: ApiCall, talk: Talk, payload: Json): Sent | ApiReply {
    const content = parseObject(Buffer.from(textAt(payload, 'content')));
    if (!content) return invalid('content is not a string in json format');
    const objection = objectionToMessage(call, payload, content, office);
    if (objection) return objection;
    const isFast = waitOf(talk.id) > 0;
    return isFast
      ? refuse(230020, 'This operation triggers the frequency limit.')
      : say(office, talk, payload, content);
  }

  return (call) => {
    const payload = call.payload ?? {};
    const uuid = textAt(payload, 'uuid');
    const talk = talkOf(call, payload, office);
    if (!('id' in talk)) return talk;
    if (uuid.length > 50) return invalid('uuid is too long');
    const before = known.get(uuid);
    // What a repeated key is answered is not documented: senders see the first message again.
    if (uuid && before && office.now() - before.at < HOUR) return answer(before);
    const sent = tell(call, talk, payload);
    if (!('post' in sent)) return sent;
    if (uuid) known.set(uuid, sent);
    return answer(sent);
  };
}

function talkOf({ url }: ApiCall, payload: Json, office: Office): Talk | ApiReply {
  if (url.searchParams.get('receive_id_type') !== 'chat_id') return invalid('receive_id_type is required');
  const talk = office.talks.find(({ id }) => id === payload.receive_id);
  if (!talk) return invalid('invalid receive_id');
  return office.botIn.has(talk.id) ? talk : refuse(230002, 'Bot/User can NOT be out of the chat.');
}

function objectionToMessage({ body }: ApiCall, payload: Json, content: Json, office: Office): ApiReply | undefined {
  const type = textAt(payload, 'msg_type');
  const most = Object.hasOwn(MOST_BYTES, type) ? MOST_BYTES[type] : undefined;
  if (!most) return invalid('unsupported msg_type');
  if (body.length > most) return refuse(230025, 'The length of the message content reaches its limit.');
  if (type === 'text') return textAt(content, 'text') === '' ? invalid('text is empty') : undefined;
  const why = type === 'interactive' ? objectionToCard(content, office) : undefined;
  return why ? refuse(230099, `Failed to create card content, ext=${why}`) : undefined;
}

function objectionToCard(card: Json, office: Office): string | undefined {
  if (isObject(card.config) && card.config.update_multi === false)
    return 'ErrCode: 200621; ErrMsg: update_multi must be true; ';
  const texts = everyObject(card)
    .filter(({ tag }) => tag === 'markdown')
    .map((part) => textAt(part, 'content'));
  const known = ['@all', `@${BOT.id}`, ...office.people.map(({ id }) => `@${id}`)];
  const stranger = texts.flatMap((text) => callsIn(text, 'id')).find((call) => !known.includes(call));
  if (stranger)
    return `ErrCode: 100290; ErrMsg: There is an invalid user resource(at/person) in your card; ErrorValue: ${stranger.slice(1)}; `;
  return objectionTo(card) ?? objectionToControls(card);
}

function say(office: Office, talk: Talk, { msg_type: type }: Json, content: Json): Sent {
  const payload = { msg_type: type, ...(type === 'interactive' ? { card: content } : { content }) };
  const post: Post = {
    at: office.now(),
    id: office.newId('om_'),
    by: 'bot',
    seen: see(payload),
    controls: type === 'interactive' ? controlsOf(content) : [],
    payload,
  };
  show(office, talk, post);
  return { at: office.now(), talk, post };
}

function answer({ at, talk, post }: Sent): ApiReply {
  const sender = { id: SECRETS.appId, id_type: 'app_id', sender_type: 'app', tenant_key: SECRETS.tenantKey };
  const times = { create_time: String(at), update_time: String(at), deleted: false, updated: false };
  const type = textAt(post.payload, 'msg_type');
  return done({ message_id: post.id, msg_type: type, ...times, chat_id: talk.id, sender });
}

function invalid(ext: string): ApiReply {
  return refuse(230001, `Your request contains an invalid request parameter, ext=${ext}.`);
}
