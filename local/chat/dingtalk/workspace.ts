import { createApiServer } from '../api-server';
import { createCallbackSender } from '../callback-sender';
import type { Workspace, WorkspaceOptions } from '../workspace';
import { createBotApi } from './bot-api';
import { failWith, isRejection, STORAGE_HOST } from './errors';
import { createMediaStore, createSharedFileStore } from './file-store';
import { createState, SECRETS } from './state';
import { createSessions, createTokens } from './tokens';
import { createUserActions } from './user-actions';

const API_HOSTS = ['api.dingtalk.com', 'api.dingtalk.io'];
const OAPI_HOSTS = ['oapi.dingtalk.com', 'oapi.dingtalk.io'];
/** Real time: "appendix-b" of the platform guide, for pushes by HTTP; the page of robots names no timeout. */
const TIMEOUT_MS = 2_500;
/**
 * Retries of robot callbacks are not documented; the platform guide advises to recognize duplicates, and a stream repeats
 * unconfirmed messages within a minute. So here: one retry after a minute.
 */
const RETRY_DELAYS_MS = [60_000];

/** An organization on DingTalk with our robot, in HTTP mode. */
export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { now, rate } = options;
  const state = createState(options);
  const sessions = createSessions(now);
  const sharedFiles = createSharedFileStore(now);
  const sender = createCallbackSender({ timeoutMs: TIMEOUT_MS, retryDelaysMs: RETRY_DELAYS_MS, rate });
  const api = { state, sessions, sharedFiles, media: createMediaStore(now), tokens: createTokens(now) };
  return {
    platform: 'dingtalk',
    secrets: SECRETS,
    users: state.users,
    conversations: state.conversations,
    deliveries: sender.deliveries,
    ...createApiServer({ respond: createBotApi(api), failWith, isRejection }),
    // The console accepts any URL: it is not documented that it tests one for a robot.
    async subscribe(url) {
      if (!URL.canParse(url) || !/^https?:/.test(url)) throw new Error('The message address is not a url.');
      sender.callbackUrl = url;
    },
    // The webhook of a custom robot belongs to a room.
    owns: ({ hostname, pathname }) =>
      API_HOSTS.includes(hostname) ||
      hostname === STORAGE_HOST ||
      (OAPI_HOSTS.includes(hostname) && pathname !== '/robot/send'),
    ...createUserActions({ state, sessions, sharedFiles, sender, now }),
    close: sender.close,
  };
}
