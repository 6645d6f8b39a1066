import { type Json, parseObject, textAt } from '../json';
import type { ApiRequest, Conversation, Post } from '../workspace';
import { type ApiReply, done, refuse } from './api-reply';
import { controlsOf } from './controls';
import { fileIn, invalid, objectionToMessage } from './message-content';
import { type Office, SECRETS, show } from './office';
import { openPaces } from './paces';
import { view } from './see';
import { seenIn } from './vault';

const HOUR = 3_600_000;
const PER_CHAT = [{ count: 5, windowMs: 1000 }];

interface Sent {
  at: number;
  talk: Conversation;
  post: Post;
}

/** POST im/v1/messages: says what the bot says. */
export function openMessages(office: Office): (call: ApiRequest) => ApiReply {
  const known = new Map<string, Sent>();
  const waitOf = openPaces(office.now, PER_CHAT);

  function tell(call: ApiRequest, talk: Conversation, payload: Json): Sent | ApiReply {
    const content = parseObject(Buffer.from(textAt(payload, 'content')));
    if (!content) return invalid('content is not a string in json format');
    const objection = objectionToMessage(call, textAt(payload, 'msg_type'), content, office);
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

function talkOf({ url }: ApiRequest, payload: Json, office: Office): Conversation | ApiReply {
  if (url.searchParams.get('receive_id_type') !== 'chat_id') return invalid('receive_id_type is required');
  const talk = office.talks.find(({ id }) => id === payload.receive_id);
  if (!talk) return invalid('invalid receive_id');
  return office.botIn.has(talk.id) ? talk : refuse(230002, 'Bot/User can NOT be out of the chat.');
}

function say(office: Office, talk: Conversation, { msg_type: type }: Json, content: Json): Sent {
  const payload = { msg_type: type, ...(type === 'interactive' ? { card: content } : { content }) };
  const file = fileIn(content, office);
  const id = office.newId('om_');
  file?.messages.add(id);
  const post: Post = {
    at: office.now(),
    id,
    by: 'bot',
    view: file ? { title: '', mark: '', lines: [`[${file.name}]`], mentions: [] } : view(payload),
    controls: type === 'interactive' ? controlsOf(content) : [],
    payload,
    ...(file && { files: [seenIn(file)] }),
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
