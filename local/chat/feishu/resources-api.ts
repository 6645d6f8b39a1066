import type { ApiRequest, Conversation, Post } from '../workspace';
import { type ApiReply, refuse } from './api-reply';
import type { Office } from './office';

/** Page "获取消息中的资源文件". */
const MOST = 100 * 1024 * 1024;

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  txt: 'text/plain',
  json: 'application/json',
};

/** GET im/v1/messages/:message_id/resources/:file_key: the bytes of what was shared in a message. */
export function giveResource(office: Office, call: ApiRequest, message: string, key: string): ApiReply {
  const type = call.url.searchParams.get('type');
  const stored = office.vault.find(key);
  const place = placeOf(office, message);
  if (!place || !['image', 'file'].includes(type ?? '')) return refuse(234001, 'Invalid request param.');
  const objection = objectionTo(office, place);
  if (objection) return objection;
  // With which code a wrong type is refused is not documented.
  if (!stored?.messages.has(message) || stored.kind !== type) return refuse(234003, 'File not in message.');
  if (stored.bytes.length > MOST) return refuse(234037, 'Downloaded file size exceeds limit.');
  const { name, bytes } = stored;
  const extension = name.slice(name.lastIndexOf('.') + 1);
  return {
    status: 200,
    body: bytes,
    headers: {
      'content-type': TYPES[extension] ?? 'application/octet-stream',
      // Known from those who met it: the UTF-8 of the name as it is. That it takes this request header is of page "下载文件".
      ...(call.headers['content-type'] === 'application/json' && {
        'content-disposition': `attachment; filename="${Buffer.from(name).toString('latin1')}"`,
      }),
      // Behind the name: once Node knows the length, it takes no name that is not ASCII.
      'content-length': String(bytes.length),
    },
  };
}

interface Place {
  talk: Conversation;
  post: Post;
}

/** Where a message stands; undefined where there is none. */
export function placeOf({ talks }: Office, message: string): Place | undefined {
  const talk = talks.find(({ posts }) => posts.some(({ id }) => id === message));
  const post = talk?.posts.find(({ id }) => id === message);
  return talk && post && { talk, post };
}

function objectionTo(office: Office, { talk, post }: Place): ApiReply | undefined {
  if (!office.botIn.has(talk.id)) return refuse(234004, 'App not in chat.');
  if (office.recalled.has(post.id)) return refuse(230110, 'Action unavailable as the message has been deleted.');
  if (office.restricted.has(talk.id))
    return refuse(234038, 'Do not allow downloading of message resources in restricted mode.');
  const isCard = post.by === 'bot' && !post.files;
  return isCard ? refuse(234043, 'Unsupported message type.') : undefined;
}
