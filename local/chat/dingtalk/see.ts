import type { MessageView } from '../chats';
import { at, type Json, objectsAt, stringsAt, textAt } from '../json';
import { splitMark } from '../mark';
import { readMarkdown } from './markdown';

type View = (content: unknown) => { title: string; lines: string[] };

const VIEWS: Record<string, View> = {
  text: (content) => ({ title: '', lines: textAt(content, 'content').split('\n') }),
  markdown: (content) => viewMarkdown(content, []),
  actionCard: (content) => viewMarkdown(content, buttonsOf(content)),
  link: (content) => ({
    title: textAt(content, 'title'),
    lines: [textAt(content, 'text'), `<${textAt(content, 'messageUrl')}>`],
  }),
  // Only an app's robot sends these two.
  image: () => ({ title: '', lines: ['[image]'] }),
  file: (content) => ({ title: '', lines: [`[file] ${textAt(content, 'fileName')}`] }),
  feedCard: (content) => ({
    title: '',
    lines: objectsAt(content, 'links').map((link) => press(textAt(link, 'title'), textAt(link, 'messageURL'))),
  }),
};

/** How DingTalk shows a custom robot's message. It has no colours: the mark is the emoji before the title. */
export function view(payload: Json): MessageView {
  const msgtype = textAt(payload, 'msgtype');
  const view = VIEWS[msgtype]?.(payload[msgtype]) ?? { title: '', lines: [] };
  return { ...view, ...splitMark(view.title), mentions: mentionsOf(payload, msgtype) };
}

/** `title` is only the preview in the list of chats; in the chat itself the first heading of the text is the title. */
function viewMarkdown(content: unknown, buttons: string[]): { title: string; lines: string[] } {
  const { heading, lines } = readMarkdown(textAt(content, 'text'));
  return { title: heading ?? textAt(content, 'title'), lines: [...lines, ...buttons] };
}

function buttonsOf(card: unknown): string[] {
  const single = textAt(card, 'singleTitle');
  if (single) return [press(single, textAt(card, 'singleURL'))];
  return objectsAt(card, 'btns').map((button) => press(textAt(button, 'title'), textAt(button, 'actionURL')));
}

/** `dingtalk://dingtalkclient/page/link?url=` only says which browser opens the page inside it. */
function press(label: string, url: string): string {
  const inner = url.startsWith('dingtalk://') && URL.canParse(url) ? new URL(url).searchParams.get('url') : undefined;
  return `${label} <${inner ?? url}>`;
}

/**
 * Only `at` calls anybody, never an `@` in the text. The text must hold the same `@<mobile>` or `@<userId>` besides, or
 * nobody is highlighted; at most 50 people; `link` and `feedCard` cannot call (open platform page "robot message type").
 */
function mentionsOf(payload: Json, msgtype: string): string[] {
  if (msgtype === 'link' || msgtype === 'feedCard') return [];
  const text = textAt(payload, msgtype, msgtype === 'text' ? 'content' : 'text');
  const people = [...stringsAt(payload, 'at', 'atMobiles'), ...stringsAt(payload, 'at', 'atUserIds')];
  const called = people.slice(0, 50).filter((person) => msgtype === 'text' || text.includes(`@${person}`));
  const everyone = at(payload, 'at', 'isAtAll') === true ? ['all'] : [];
  return [...called, ...everyone].map((person) => `@${person}`);
}
