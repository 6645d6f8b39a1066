import { at, parseObject, textAt } from '../json';
import type { ApiRequest, Post } from '../workspace';
import { type ApiReply, done, refuse } from './api-reply';
import { controlsOf } from './controls';
import { invalid, objectionToMessage } from './message-content';
import type { Office } from './office';
import { openPaces } from './paces';
import { placeOf } from './resources-api';
import { view } from './see';

/** Page "更新应用发送的消息卡片". */
const FORTNIGHT = 14 * 86_400_000;
const PER_MESSAGE = [{ count: 5, windowMs: 1000 }];

/** PATCH im/v1/messages/:message_id: another card in place of one that the bot has sent. */
export function openUpdates(office: Office): (call: ApiRequest, message: string) => ApiReply {
  const waitOf = openPaces(office.now, PER_MESSAGE);
  return (call, message) => {
    const place = placeOf(office, message);
    if (!place) return invalid('invalid message_id');
    const { talk, post } = place;
    const objection = objectionToPost(office, post);
    if (objection) return objection;
    const card = parseObject(Buffer.from(textAt(call.payload, 'content')));
    if (!card) return invalid('content is not a string in json format');
    if (!isShared(card)) return invalid('update_multi is not true');
    const refusal = objectionToMessage(call, 'interactive', card, office);
    if (refusal) return refusal;
    if (waitOf(message) > 0) return refuse(230020, 'This operation triggers the frequency limit.');
    const payload = { msg_type: 'interactive', card };
    const shown: Post = { ...post, view: view(payload), controls: controlsOf(card), payload };
    talk.posts.splice(talk.posts.indexOf(post), 1, shown);
    office.onChange(talk);
    return done();
  };
}

function objectionToPost(office: Office, post: Post): ApiReply | undefined {
  if (textAt(post.payload, 'msg_type') !== 'interactive') return invalid('message is not a card of this app');
  if (office.recalled.has(post.id)) return refuse(230011, 'The message is recalled.');
  if (office.now() - post.at > FORTNIGHT)
    return refuse(230031, 'Message can only be modified within 14 days after sending.');
  // With which code this is refused is not documented.
  return isShared(at(post.payload, 'card')) ? undefined : invalid('update_multi was not true');
}

function isShared(card: unknown): boolean {
  return at(card, 'config', 'update_multi') === true;
}
