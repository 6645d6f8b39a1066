import type { SharedFile } from '../chat-app';
import { fieldOf } from '../errors';
import { listAt, textAt } from './fields';

/** What a person wrote and shared. */
export interface Content {
  text: string;
  files: SharedFile[];
}

/**
 * By msgtype: documents "receive-message" and "robot-message-type". In groups, only text, picture and richText are ever
 * delivered.
 */
const KINDS: Readonly<Record<string, (body: unknown, inGroup: boolean) => Content>> = {
  text: (body) => ({ text: wordsOf(body), files: quoted(body) }),
  richText: (body, inGroup) => readRichText(listAt(body, 'content', 'richText'), inGroup),
  picture: (body) => ({ text: '', files: shared(fieldOf(body, 'content'), 'image') }),
  audio: (body) => ({
    text: textAt(body, 'content', 'recognition').trim(),
    files: shared(fieldOf(body, 'content'), 'file'),
  }),
  video: (body) => ({ text: '', files: shared(fieldOf(body, 'content'), 'file', videoName(body)) }),
  file: (body) => ({ text: '', files: shared(fieldOf(body, 'content'), 'file') }),
};

/** What was said in a callback; undefined for a kind of message that is in no document. */
export function contentOf(body: unknown, inGroup: boolean): Content | undefined {
  const kind = textAt(body, 'msgtype');
  return Object.hasOwn(KINDS, kind) ? KINDS[kind]?.(body, inGroup) : undefined;
}

/**
 * One page ("robot-receive-message") has the words at the top, all others have them below `text`; the mention leaves a
 * space.
 */
function wordsOf(body: unknown): string {
  return (textAt(body, 'text', 'content') || textAt(body, 'content')).trim();
}

/**
 * Unlike a text, a rich one of a group keeps the mention of the bot, as its first word; no more than that word is taken
 * off.
 */
function readRichText(pieces: unknown[], inGroup: boolean): Content {
  const text = pieces.map((piece) => (codeOf(piece) ? '\n' : textAt(piece, 'text'))).join('');
  const words = inGroup ? text.replace(/^\s*@\S+/, '') : text;
  return { text: words.trim(), files: pieces.flatMap((piece) => shared(piece, 'image')) };
}

/**
 * What was shared in the message that this one answers to: the only way for a file of a group to reach a robot. It is in no
 * document; three projects of 2026 read it so (`repliedMsg`, with a `msgType` and the `content` of a callback).
 */
function quoted(body: unknown): SharedFile[] {
  const message = fieldOf(fieldOf(body, 'text'), 'repliedMsg');
  const content = fieldOf(message, 'content');
  const pictures = listAt(content, 'richText').flatMap((piece) => shared(piece, 'image'));
  return [...shared(content, textAt(message, 'msgType') === 'picture' ? 'image' : 'file'), ...pictures];
}

/** Of a video only what kind it is comes with it. */
function videoName(body: unknown): string {
  const extension = textAt(body, 'content', 'videoType');
  return /^\w{1,8}$/.test(extension) ? `video.${extension}` : '';
}

function shared(content: unknown, kind: SharedFile['kind'], otherwise = ''): SharedFile[] {
  const key = codeOf(content);
  const name = textAt(content, 'fileName') || otherwise;
  return key ? [{ key, kind, ...(name && { name }) }] : [];
}

/** `downloadCode` is documented; pictures come with `pictureDownloadCode` in the logs of some. */
function codeOf(content: unknown): string {
  return textAt(content, 'downloadCode') || textAt(content, 'pictureDownloadCode');
}
