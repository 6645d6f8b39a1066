import type { User, Workspace, WorkspaceOptions } from '../workspace';
import { openApi } from './api';
import { openHands } from './hands';
import { type LineOptions, openLine } from './line';
import { openOffice, SECRETS } from './office';
import { openTroubles } from './trouble';
import { openVoice, type Voice } from './voice';

const HOSTS = ['open.feishu.cn', 'open.larksuite.com'];

/** What only tests of this platform want. */
export interface FeishuWorkspace extends Workspace, Pick<Voice, 'write'> {
  /** Puts the bot out of a chat. */
  expel(talk: string): void;
  /** Lets nothing be downloaded from a chat any more (防泄密模式). */
  restrict(talk: string): void;
  /** Takes a message back. */
  recall(message: string): void;
}

export interface FeishuOptions extends LineOptions {
  /** Instead of the usual four. */
  people?: readonly User[];
}

/** An organisation on Feishu with our bot as a self-built app in it. */
export function createWorkspace(options: WorkspaceOptions & FeishuOptions): FeishuWorkspace {
  const office = openOffice(options);
  const line = openLine(office, options);
  const voice = openVoice(office, line);
  const rejections: { path: string; status: number; body: unknown }[] = [];
  const troubles = openTroubles(({ url }, { status, body }) => rejections.push({ path: url.pathname, status, body }));
  const api = openApi(office);
  const { encryptKey, ...others } = SECRETS;
  const { deliveries, subscribe, close } = line;
  return {
    platform: 'feishu',
    secrets: options.encrypted === false ? others : { ...others, encryptKey },
    users: office.people,
    conversations: office.talks,
    deliveries,
    rejections,
    injectFault: troubles.add,
    subscribe,
    owns: ({ hostname, pathname }) => HOSTS.includes(hostname) && !pathname.startsWith('/open-apis/bot/v2/hook/'),
    handleApiRequest: async (call) => troubles.around(call, api),
    ...voice,
    ...openHands(office, line, voice.say),
    expel: (id) => void office.botIn.delete(office.talkOf(id).id),
    restrict: (id) => void office.restricted.add(office.talkOf(id).id),
    recall: (id) => void office.recalled.add(id),
    close,
  };
}
