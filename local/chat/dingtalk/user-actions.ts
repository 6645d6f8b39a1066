import { type CallbackSender, NOT_SENT } from '../callback-sender';
import { type Json, parseObject, textAt } from '../json';
import {
  type Conversation,
  type Delivery,
  findMember,
  type SharedFile,
  type User,
  type UserActions,
} from '../workspace';
import { fillForm } from './controls';
import { messageEvent, signCallback, type UserMessage } from './events';
import type { SharedFileStore } from './file-store';
import { BOT, type DingTalkState, newId } from './state';
import type { Sessions } from './tokens';
import { isMessageType } from './webhook-response';

interface ActionContext {
  readonly state: DingTalkState;
  readonly sessions: Sessions;
  readonly sharedFiles: SharedFileStore;
  readonly sender: CallbackSender;
  now(): number;
}

/** DingTalk calls a robot only for messages that are for it. */
export function createUserActions(context: ActionContext): UserActions {
  const { state, now } = context;
  const say: UserActions['say'] = async (by, id, text, { mention = false } = {}) => {
    const { user, conversation } = findMember(state, by, id);
    const message = createMessage(context, user, conversation, text);
    const isMention = mention && conversation.kind === 'group';
    state.addUserPost(conversation, { id: message.id, at: message.at, by }, isMention ? `@${BOT.name} ${text}` : text);
    return mention || conversation.kind === 'direct' ? deliver(message, context) : NOT_SENT;
  };
  return {
    say,
    async press(by, id, label) {
      const command = commandOf(findMember(state, by, id).conversation, label, state);
      return say(by, id, command, { mention: true });
    },
    async submit(by, id, values) {
      const found = state.controlsOf(findMember(state, by, id).conversation).find(({ controls }) => controls.form);
      if (!found?.controls.form) throw new Error('There is no form in this conversation.');
      return say(by, id, fillForm(found.controls.form, values), { mention: true });
    },
    async share(by, id, file) {
      const { user, conversation } = findMember(state, by, id);
      const message = createMessage(context, user, conversation, '');
      const { name, kind, bytes } = file;
      state.addUserPost(conversation, { id: message.id, at: message.at, by }, `[${kind}] ${name}`, [{ name, bytes }]);
      const content = fileContent(conversation, file, context.sharedFiles);
      return content ? deliver({ ...message, content }, context) : NOT_SENT;
    },
    createCallback(by, id, text) {
      const { user, conversation } = findMember(state, by, id);
      return signCallback(messageEvent(createMessage(context, user, conversation, text)), now());
    },
  };
}

/** In a group, pressing a command link calls the robot and types the command for the person. */
function commandOf(conversation: Conversation, label: string, state: DingTalkState): string {
  const found = state.controlsOf(conversation);
  const button = found.flatMap(({ controls }) => controls.buttons).find((each) => each.label === label);
  const line = found.flatMap(({ post }) => post.view.lines).find((each) => each.startsWith(`${label}: `));
  const command = button?.command ?? line?.slice(label.length + 2);
  if (command === undefined) throw new Error(`There is no button ${label} in this conversation.`);
  return command;
}

function createMessage(
  { state, sessions, now }: ActionContext,
  by: User,
  conversation: Conversation,
  text: string,
): UserMessage {
  const mentioned = state.users.filter(({ name }) => text.includes(`@${name}`));
  // The platform removes the mention of the robot and leaves a space.
  const content = { msgtype: 'text', text: { content: conversation.kind === 'group' ? ` ${text}` : text } };
  return { id: newId(), at: now(), by, conversation, content, mentioned, session: sessions.issue(conversation.id) };
}

/**
 * "receive-message": a robot receives no audio, video or file from a group; a picture with a mention comes as rich text.
 */
function fileContent({ kind: place }: Conversation, file: SharedFile, store: SharedFileStore): Json | undefined {
  const downloadCode = store.add(file);
  const { name, kind } = file;
  if (place === 'direct' && kind === 'file') return { msgtype: 'file', content: { downloadCode, fileName: name } };
  if (place === 'direct') return { msgtype: 'picture', content: { downloadCode } };
  const richText = [{ text: `@${BOT.name}` }, { downloadCode, type: 'picture' }];
  return kind === 'image' ? { msgtype: 'richText', content: { richText } } : undefined;
}

/** The response of the bot may be a message, too ("receive-message"). */
function deliver(message: UserMessage, { sender, state, now }: ActionContext): Promise<Delivery> {
  return sender.send({
    isRetried: true,
    create: () => signCallback(messageEvent(message), now()),
    onAccepted(body) {
      const reply = parseObject(Buffer.from(body));
      if (reply && isMessageType(textAt(reply, 'msgtype'))) state.addBotPost(message.conversation, reply, reply);
    },
  });
}
