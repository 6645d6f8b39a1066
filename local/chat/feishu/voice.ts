import type { Conversation, Delivery, Post, Workspace } from '../workspace';
import { mentioned, messageEvent, type Words } from './events';
import type { Line } from './line';
import { BOT, type Office, show } from './office';
import { type Stored, seenIn } from './vault';

type Shared = Parameters<Workspace['share']>[2];

/** What a person says and shares. */
export interface Voice extends Pick<Workspace, 'say' | 'share' | 'createCallback'> {
  /** Writes a message with pictures and films between its paragraphs (富文本): other files, Feishu lets nobody put there. */
  write(by: string, to: string, text: string, shared: readonly Shared[]): Promise<Delivery>;
}

/** The bot is told of all of it: the app has the permission im:message.group_msg. */
export function openVoice(office: Office, line: Line): Voice {
  function tell(by: string, talk: Conversation, words: Words, shown: string, files: Stored[] = []): Promise<Delivery> {
    const view = { title: '', mark: '', lines: shown.split('\n'), mentions: [] };
    const id = office.newId('om_');
    for (const { messages } of files) messages.add(id);
    const shared = files.length > 0 && { files: files.map(seenIn) };
    const post: Post = { at: office.now(), id, by, view, controls: [], ...shared };
    const event = messageEvent(office, office.personOf(by), talk, post.id, words);
    show(office, talk, post);
    return line.tellEvent(event);
  }

  const keep = (file: Shared) => office.vault.keep({ ...file, isOurs: false });

  return {
    async say(by, to, text, { mention = false } = {}) {
      const talk = office.roomOf(by, to);
      const isCalled = mention && talk.kind === 'group';
      const shown = isCalled ? `@${BOT.name} ${text}` : text;
      return tell(by, talk, mentioned(office, talk, text, isCalled), shown);
    },
    async share(by, to, file) {
      const { name, kind } = file;
      const talk = office.roomOf(by, to);
      const stored = keep(file);
      const content = kind === 'image' ? { image_key: stored.key } : { file_key: stored.key, file_name: name };
      return tell(by, talk, { type: kind, content }, `[${name}]`, [stored]);
    },
    async write(by, to, text, shared) {
      const talk = office.roomOf(by, to);
      const files = shared.map(keep);
      const runs = files.map(({ kind, key }) => [
        kind === 'image' ? { tag: 'img', image_key: key } : { tag: 'media', file_key: key, image_key: 'img_cover' },
      ]);
      const content = { title: '', content: [[{ tag: 'text', text, style: [] }], ...runs] };
      const shown = [text, ...files.map(({ name }) => `[${name}]`)].join('\n');
      return tell(by, talk, { type: 'post', content }, shown, files);
    },
    createCallback(by, to, text) {
      const talk = office.roomOf(by, to);
      const words = mentioned(office, talk, text, talk.kind === 'group');
      return line.sealed(messageEvent(office, office.personOf(by), talk, office.newId('om_'), words));
    },
  };
}
