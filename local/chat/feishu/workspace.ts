import { createApiServer } from '../api-server';
import type { User, Workspace, WorkspaceOptions } from '../workspace';
import { createBotApi } from './bot-api';
import { failWith, isRejection } from './errors';
import { createEventSender, type SenderOptions } from './event-sender';
import { createState, SECRETS } from './state';
import { createUserActions, type FeishuActions } from './user-actions';

const HOSTS = ['open.feishu.cn', 'open.larksuite.com'];

/** With actions for tests of this platform. */
export interface FeishuWorkspace extends Workspace, Pick<FeishuActions, 'write'> {
  /** Removes the bot from a chat. */
  expel(conversation: string): void;
  /** Forbids downloads from a chat (防泄密模式). */
  restrict(conversation: string): void;
  /** Deletes a message. */
  recall(message: string): void;
}

export interface FeishuOptions extends SenderOptions {
  /** Instead of the usual four. */
  users?: readonly User[];
}

/** An organization on Feishu with our bot, a self-built app. */
export function createWorkspace(options: WorkspaceOptions & FeishuOptions): FeishuWorkspace {
  const state = createState(options);
  const sender = createEventSender(state, options);
  const { encryptKey, ...others } = SECRETS;
  const { deliveries, subscribe, close } = sender;
  return {
    platform: 'feishu',
    secrets: options.isEncrypted === false ? others : { ...others, encryptKey },
    users: state.users,
    conversations: state.conversations,
    ...{ deliveries, subscribe, close },
    ...createApiServer({ respond: createBotApi(state), failWith, isRejection }),
    owns: ({ hostname, pathname }) => HOSTS.includes(hostname) && !pathname.startsWith('/open-apis/bot/v2/hook/'),
    ...createUserActions(state, sender),
    expel: (id) => void state.withBot.delete(id),
    restrict: (id) => void state.restricted.add(id),
    recall: (id) => void state.recalledMessages.add(id),
  };
}
