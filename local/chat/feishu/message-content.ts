import { everyObject, isObject, type Json, textAt } from '../json';
import type { ApiRequest } from '../workspace';
import { type ApiReply, refuse } from './api-reply';
import { objectionTo } from './card';
import { objectionToControls } from './card-controls';
import { callsIn } from './markdown';
import { BOT, type Office } from './office';
import type { Stored } from './vault';

const CARD = 30 * 1024;
/** Page "发送消息"; of what only holds a key, it says nothing. */
const MOST_BYTES: Readonly<Record<string, number>> = {
  text: 150 * 1024,
  interactive: CARD,
  post: CARD,
  file: CARD,
  image: CARD,
};
/** As what it may be said that was uploaded as a film or a voice. */
const TELLS: Readonly<Record<string, string>> = { mp4: 'media', opus: 'audio' };

/** Why a message with this content is not sent; undefined when it is. */
export function objectionToMessage(
  { body }: ApiRequest,
  type: string,
  content: Json,
  office: Office,
): ApiReply | undefined {
  const most = Object.hasOwn(MOST_BYTES, type) ? MOST_BYTES[type] : undefined;
  if (!most) return invalid('unsupported msg_type');
  if (body.length > most) return refuse(230025, 'The length of the message content reaches its limit.');
  if (type === 'text') return textAt(content, 'text') === '' ? invalid('text is empty') : undefined;
  if (type === 'file' || type === 'image') return objectionToFile(type, fileIn(content, office));
  const why = type === 'interactive' ? objectionToCard(content, office) : undefined;
  return why ? refuse(230099, `Failed to create card content, ext=${why}`) : undefined;
}

/** What a message is about that holds a key. */
export function fileIn(content: Json, { vault }: Office): Stored | undefined {
  return vault.find(textAt(content, 'file_key') || textAt(content, 'image_key'));
}

function objectionToFile(type: string, file: Stored | undefined): ApiReply | undefined {
  if (!file) return invalid(`invalid ${type}_key`);
  if (!file.isOurs) return refuse(230017, 'Bot is NOT the owner of the resource.');
  const tells = TELLS[file.type ?? ''] ?? file.kind;
  return tells === type
    ? undefined
    : refuse(230055, 'The type of file upload does not match the type of message being sent.');
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

export function invalid(ext: string): ApiReply {
  return refuse(230001, `Your request contains an invalid request parameter, ext=${ext}.`);
}
