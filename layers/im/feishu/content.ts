import type { SharedFile } from '../chat-app';
import { isId, isObject, listInside, parseObject, textInside } from './inside';

/** What somebody has written and shared; who is called in it is still `@_user_1`. */
export interface Content {
  text: string;
  files: SharedFile[];
}

type Run = (run: unknown) => string;

/** What a paragraph of a post is made of: page "接收消息内容结构" of open.feishu.cn. */
const RUNS: Readonly<Record<string, Run>> = {
  at: (run) => textInside(run, 'user_id'),
  a: linkOf,
  emotion: (run) => `[${textInside(run, 'emoji_type')}]`,
  hr: () => '---',
  img: () => '',
  media: () => '',
};

const SHAPES: Readonly<Record<string, (content: object) => Content>> = {
  text: (content) => ({ text: textInside(content, 'text'), files: [] }),
  post: readPost,
  image: (content) => ({ text: '', files: pictures(content) }),
  file: (content) => ({ text: '', files: documents(content) }),
  audio: (content) => ({ text: '', files: documents(content) }),
  media: (content) => ({ text: '', files: documents(content) }),
};

/** Reads the content of a message, which is JSON within JSON; undefined where it is of a kind that holds nothing for us, or unreadable. */
export function readContent(type: string, json: string): Content | undefined {
  const content = parseObject(json);
  const read = Object.hasOwn(SHAPES, type) ? SHAPES[type] : undefined;
  return content && read?.(content);
}

/** A received post stands alone; one that was sent in several languages (`zh_cn`) has one of them in between. */
function readPost(content: object): Content {
  const post = 'content' in content ? content : Object.values(content).find(isObject);
  const paragraphs = listInside(post, 'content').map((paragraph) => (Array.isArray(paragraph) ? paragraph : []));
  const lines = paragraphs.map((runs) => runs.map(drawRun).join(''));
  const title = textInside(post, 'title');
  const text = [...(title ? [title] : []), ...lines].join('\n');
  return { text, files: paragraphs.flat().flatMap(filesOf) };
}

function drawRun(run: unknown): string {
  const tag = textInside(run, 'tag');
  const draw = Object.hasOwn(RUNS, tag) ? RUNS[tag] : undefined;
  return draw ? draw(run) : textInside(run, 'text');
}

function linkOf(run: unknown): string {
  const label = textInside(run, 'text');
  const url = textInside(run, 'href');
  return !url || label === url ? label : `${label} ${url}`.trim();
}

function filesOf(run: unknown): SharedFile[] {
  const tag = textInside(run, 'tag');
  if (tag === 'img') return pictures(run);
  return tag === 'media' ? documents(run) : [];
}

function pictures(from: unknown): SharedFile[] {
  const key = textInside(from, 'image_key');
  return isId(key) ? [{ key, kind: 'image' }] : [];
}

/** Voice and video too: the platform gives them out as files. */
function documents(from: unknown): SharedFile[] {
  const key = textInside(from, 'file_key');
  const name = textInside(from, 'file_name');
  return isId(key) ? [{ key, kind: 'file', ...(name && { name }) }] : [];
}
