import type { Delivery, Post, Talk, Workplace } from '../workplace';
import { mentioned, messageEvent, type Words } from './events';
import type { Line } from './line';
import { BOT, type Office, show } from './office';

/** What a person says and shares. The bot is told of all of it: the app has the permission im:message.group_msg. */
export function openVoice(office: Office, line: Line): Pick<Workplace, 'say' | 'share' | 'craft'> {
  function tell(by: string, talk: Talk, words: Words, shown: string): Promise<Delivery> {
    const seen = { title: '', mark: '', lines: shown.split('\n'), mentions: [] };
    const post: Post = { at: office.now(), id: office.newId('om_'), by, seen, controls: [] };
    const event = messageEvent(office, office.personOf(by), talk, post.id, words);
    show(office, talk, post);
    return line.tellEvent(event);
  }

  return {
    async say(by, to, text, { mention = false } = {}) {
      const talk = office.roomOf(by, to);
      const isCalled = mention && talk.kind === 'group';
      const shown = isCalled ? `@${BOT.name} ${text}` : text;
      return tell(by, talk, mentioned(office, talk, text, isCalled), shown);
    },
    async share(by, to, { name, kind }) {
      const key = office.newId(kind === 'image' ? 'img_v3_' : 'file_v3_');
      const content = kind === 'image' ? { image_key: key } : { file_key: key, file_name: name };
      return tell(by, office.roomOf(by, to), { type: kind, content }, `[${name}]`);
    },
    craft(by, to, text) {
      const talk = office.roomOf(by, to);
      const words = mentioned(office, talk, text, talk.kind === 'group');
      return line.sealed(messageEvent(office, office.personOf(by), talk, office.newId('om_'), words));
    },
  };
}
