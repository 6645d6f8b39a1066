import type { User, Workspace } from '../workspace';
import { buttonsIn, submitIn } from './controls';
import { messageEvent } from './event-letters';
import type { Hall } from './hall';
import { colleague } from './organisation';
import { latest, press } from './pressing';
import { command, write } from './talking';
import { markup } from './typing';

/** What the people of the workspace can do. */
export function openPeople(hall: Hall): Pick<Workspace, 'say' | 'press' | 'submit' | 'share' | 'createCallback'> {
  return {
    async say(by, talk, text, { mention = false } = {}) {
      const author = memberOf(hall, by, talk);
      return text.startsWith('/')
        ? command(hall, author, talk, text)
        : write(hall, author, talk, markup(text, mention));
    },
    async press(by, talk, label) {
      const author = memberOf(hall, by, talk);
      const [saying, pressed] = latest(hall, talk, ({ payload }) =>
        buttonsIn(payload).find((each) => each.label === label),
      );
      if (!saying || !pressed) throw new Error(`There is no button ${label} in ${talk}.`);
      return press(hall, author, saying, pressed, {});
    },
    async submit(by, talk, values) {
      const author = memberOf(hall, by, talk);
      const [saying, pressed] = latest(hall, talk, ({ payload }) => submitIn(payload));
      if (!saying || !pressed) throw new Error(`There is no form in ${talk}.`);
      return press(hall, author, saying, pressed, values);
    },
    async share(by, talk, { name, kind, bytes }) {
      const author = memberOf(hall, by, talk);
      const { channel } = hall.archive.find(talk);
      const mimetype = kind === 'image' ? 'image/png' : 'application/octet-stream';
      const file = hall.cabinet.keep({ name, title: name, mimetype, user: by, bytes, channel: channel.id });
      return write(hall, author, talk, '', [hall.cabinet.describe(file)]);
    },
    createCallback(by, talk, text) {
      const { channel, thread } = hall.archive.find(talk);
      const stamp = hall.stamp();
      const ts = `${Math.floor(stamp.now / 1000)}.${String(stamp.number).padStart(6, '0')}`;
      const saying = { ts, channel: channel.id, by, payload: { text: markup(text) }, ...(thread && { thread }) };
      return hall.postman.seal(messageEvent(saying, colleague(by), stamp));
    },
  };
}

function memberOf({ archive }: Hall, by: string, talk: string): User {
  const { channel } = archive.find(talk);
  if (!channel.members.includes(by)) throw new Error(`${by} is not in ${channel.name}.`);
  return colleague(by);
}
