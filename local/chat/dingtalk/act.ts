import { type Json, parseObject, textAt } from '../json';
import type { Conversation, Delivery, Post, SignedCallback, User, Workspace, WorkspaceOptions } from '../workspace';
import { type Board, newId } from './board';
import { bodyOf, type Said, sign } from './callback';
import type { Sessions } from './keys';
import { BOT, enter, type Organisation } from './organisation';
import type { Courier } from './push';
import { shapeOf } from './shape';
import type { Shared, Storage } from './storage';
import { fillIn } from './text-form';

/**
 * DingTalk calls a robot only for what is meant for it; then there is nothing to deliver, and no delivery among
 * `deliveries`.
 */
const NOT_CALLED: Delivery = { status: 0, durationMs: 0, body: '' };

export interface Hands {
  organisation: Organisation;
  board: Board;
  sessions: Sessions;
  storage: Storage;
  courier: Courier;
  options: WorkspaceOptions;
}

/** What people do in the client. */
export function openHands(hands: Hands): Pick<Workspace, 'say' | 'press' | 'submit' | 'share' | 'createCallback'> {
  const { organisation, board } = hands;
  const say: Workspace['say'] = async (by, id, text, { mention = false } = {}) => {
    const { person, talk } = enter(organisation, by, id);
    const isCalled = mention || talk.kind === 'direct';
    const said = saidOf(hands, person, talk, text);
    post(said, mention && talk.kind === 'group' ? `@${BOT.name} ${text}` : text, board);
    return isCalled ? bring(said, hands) : NOT_CALLED;
  };
  return {
    say,
    async press(by, id, label) {
      const command = commandBehind(enter(organisation, by, id).talk, label, board);
      return say(by, id, command, { mention: true });
    },
    async submit(by, id, values) {
      const form = board.offers(enter(organisation, by, id).talk).find(({ offer }) => offer.form)?.offer.form;
      if (!form) throw new Error('There is no form in this talk.');
      return say(by, id, fillIn(form, values), { mention: true });
    },
    async share(by, id, file) {
      const { person, talk } = enter(organisation, by, id);
      const said = saidOf(hands, person, talk, '');
      post(said, `[${file.kind}] ${file.name}`, board, [{ name: file.name, bytes: file.bytes }]);
      const content = sharedAs(talk, file, hands.storage);
      return content ? bring({ ...said, content }, hands) : NOT_CALLED;
    },
    createCallback(by, id, text) {
      const { person, talk } = enter(organisation, by, id);
      return signed(saidOf(hands, person, talk, text), hands);
    },
  };
}

function post({ id, by, at, talk }: Said, shown: string, board: Board, files?: Post['files']): void {
  board.fromPerson(talk, { id, by: by.id, at }, shown, files);
}

/** Pressing a link of this kind in a group calls the robot, too, and types the words for the person. */
function commandBehind(talk: Conversation, label: string, board: Board): string {
  const offers = board.offers(talk);
  const button = offers.flatMap(({ offer }) => offer.buttons).find((each) => each.label === label);
  const line = offers.flatMap(({ post }) => post.view.lines).find((each) => each.startsWith(`${label}: `));
  const command = button?.command ?? line?.slice(label.length + 2);
  if (command === undefined) throw new Error(`There is no button ${label} in this talk.`);
  return command;
}

function saidOf({ organisation, sessions, options }: Hands, by: User, talk: Conversation, text: string): Said {
  const called = organisation.people.filter(({ name }) => text.includes(`@${name}`));
  // The mention is taken off, and leaves a space behind.
  const content = { msgtype: 'text', text: { content: talk.kind === 'group' ? ` ${text}` : text } };
  return { id: newId(), at: options.now(), by, talk, content, called, session: sessions.issue(talk.id) };
}

/**
 * "receive-message": no audio, video or file reaches a robot from a group; with a mention, a picture there is part of a
 * rich text.
 */
function sharedAs(talk: Conversation, file: Shared, storage: Storage): Json | undefined {
  const { name, kind } = file;
  const downloadCode = storage.keep(file);
  if (talk.kind === 'direct' && kind === 'file') return { msgtype: 'file', content: { downloadCode, fileName: name } };
  if (talk.kind === 'direct') return { msgtype: 'picture', content: { downloadCode } };
  const richText = [{ text: `@${BOT.name}` }, { downloadCode, type: 'picture' }];
  return kind === 'image' ? { msgtype: 'richText', content: { richText } } : undefined;
}

/** The bot may answer in the response, too ("receive-message"); what is no message there is nothing said. */
async function bring(said: Said, hands: Hands): Promise<Delivery> {
  const { courier, board } = hands;
  const delivery = await courier.bring(
    () => signed(said, hands),
    (body) => {
      const message = parseObject(Buffer.from(body));
      const kind = textAt(message, 'msgtype');
      if (message && shapeOf(kind)) board.fromBot(said.talk, message, message);
    },
  );
  return delivery ?? NOT_CALLED;
}

function signed(said: Said, { options }: Hands): SignedCallback {
  return sign(bodyOf(said), options.now());
}
