import { at, type Json } from '../json';
import { plainView } from '../message-view';
import {
  type Conversation,
  type Delivery,
  findMember,
  type Post,
  type SharedFile,
  type UserActions,
} from '../workspace';
import { actionOf, buttonsOf, fillForm, formOf, labelOf, submitButtonOf } from './controls';
import type { EventSender } from './event-sender';
import { type MessageContent, messageEvent, pressEvent, textContent } from './events';
import { BOT, type FeishuState, type StoredFile } from './state';

export interface FeishuActions extends UserActions {
  /** A message with images and videos between its paragraphs (富文本); Feishu allows no other files there. */
  write(by: string, conversation: string, text: string, files: readonly SharedFile[]): Promise<Delivery>;
}

/** The bot receives every message: the app has the permission im:message.group_msg. */
export function createUserActions(state: FeishuState, sender: EventSender): FeishuActions {
  const send = (by: string, id: string, content: MessageContent, text: string, files: readonly StoredFile[] = []) => {
    const { user, conversation } = findMember(state, by, id);
    const message = state.newId('om_');
    for (const { messages } of files) messages.add(message);
    const shared = files.length > 0 && { files: files.map(({ name, bytes }) => ({ name, bytes })) };
    state.addPost(conversation, { at: state.now(), id: message, by, view: plainView(text), controls: [], ...shared });
    return sender.sendEvent(messageEvent({ state, by: user, conversation, message }, content));
  };
  const addFile = (file: SharedFile) => state.addFile({ ...file, isFromBot: false });
  const say: UserActions['say'] = async (by, id, text, { mention = false } = {}) => {
    const { conversation } = findMember(state, by, id);
    const isForBot = mention && conversation.kind === 'group';
    const content = textContent(text, conversation, state.users, isForBot);
    return send(by, id, content, isForBot ? `@${BOT.name} ${text}` : text);
  };
  return {
    say,
    async share(by, id, file) {
      findMember(state, by, id);
      const { name, kind } = file;
      const stored = addFile(file);
      const content = kind === 'image' ? { image_key: stored.key } : { file_key: stored.key, file_name: name };
      return send(by, id, { type: kind, content }, `[${name}]`, [stored]);
    },
    async write(by, id, text, shared) {
      findMember(state, by, id);
      const files = shared.map(addFile);
      const runs = files.map(({ kind, key }) => [
        kind === 'image' ? { tag: 'img', image_key: key } : { tag: 'media', file_key: key, image_key: 'img_cover' },
      ]);
      const content = { title: '', content: [[{ tag: 'text', text, style: [] }], ...runs] };
      return send(by, id, { type: 'post', content }, [text, ...files.map(({ name }) => `[${name}]`)].join('\n'), files);
    },
    createCallback(by, id, text) {
      const { user, conversation } = findMember(state, by, id);
      const content = textContent(text, conversation, state.users, conversation.kind === 'group');
      return sender.sign(messageEvent({ state, by: user, conversation, message: state.newId('om_') }, content));
    },
    ...createCardActions(state, sender, say),
  };
}

/** The latest card with the control is used. */
function createCardActions(
  state: FeishuState,
  sender: EventSender,
  say: UserActions['say'],
): Pick<UserActions, 'press' | 'submit'> {
  const press = (by: string, conversation: Conversation, post: Post, action: Json) => {
    const { user } = findMember(state, by, conversation.id);
    return sender.sendPress(pressEvent({ state, by: user, conversation, message: post.id }, action));
  };
  return {
    async press(by, id, label) {
      const { conversation } = findMember(state, by, id);
      for (const post of conversation.posts.toReversed()) {
        const button = buttonsOf(cardOf(post)).find((each) => labelOf(each) === label);
        if (button) return press(by, conversation, post, actionOf(button));
        const command = commandIn(post, label);
        if (command) return say(by, id, command, { mention: true });
      }
      throw new Error(`There is no button ${label} in ${conversation.name}.`);
    },
    async submit(by, id, values) {
      const { conversation } = findMember(state, by, id);
      for (const post of conversation.posts.toReversed()) {
        const form = formOf(cardOf(post));
        if (form) return press(by, conversation, post, actionOf(submitButtonOf(form), fillForm(form, values)));
      }
      throw new Error(`There is no form in ${conversation.name}.`);
    },
  };
}

/** The command that the bot's text shows instead of a button: `Close: close 42`. */
function commandIn({ by, view }: Post, label: string): string | undefined {
  if (by !== 'bot') return undefined;
  const line = view.lines.find((each) => each.startsWith(`${label}: `));
  return line?.slice(label.length + 2);
}

function cardOf({ payload }: Post): unknown {
  return at(payload, 'card');
}
