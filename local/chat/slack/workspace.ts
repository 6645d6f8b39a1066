import { createApiServer } from '../api-server';
import { isObject } from '../json';
import type { ApiRequest, ApiResponse, Workspace, WorkspaceOptions } from '../workspace';
import { createBotApi, failWith } from './bot-api';
import { createEventSender } from './event-sender';
import { respondFilesHost } from './file-store';
import { SECRETS, USERS } from './organization';
import { createResponseUrls } from './response-urls';
import { createState } from './state';
import { createUserActions } from './user-actions';

/** A Slack workspace with our app, and one channel that is shared with another organization (Slack Connect). */
export function createWorkspace(options: WorkspaceOptions): Workspace {
  const context = { state: createState(options), sender: createEventSender(options) };
  const { state, sender } = context;
  const responseUrls = createResponseUrls(context, options.now);
  const botApi = createBotApi(context);
  const hosts: Readonly<Record<string, (request: ApiRequest) => ApiResponse>> = {
    'slack.com': botApi,
    'files.slack.com': (request) => respondFilesHost(request, state),
    'hooks.slack.com': responseUrls.respond,
  };
  const respond = (request: ApiRequest) => (hosts[request.url.hostname] ?? botApi)(request);
  return {
    platform: 'slack',
    secrets: SECRETS,
    users: USERS,
    conversations: state.conversations,
    deliveries: sender.deliveries,
    ...createApiServer({ respond, failWith, isRejection }),
    subscribe: sender.subscribe,
    owns,
    ...createUserActions({ ...context, responseUrls }),
    close: sender.close,
  };
}

function owns({ hostname, pathname }: URL): boolean {
  if (hostname === 'hooks.slack.com') return /^\/(commands|actions)\//.test(pathname);
  if (hostname === 'files.slack.com') return /^\/(files-pri|upload)\//.test(pathname);
  return hostname === 'slack.com' && pathname.startsWith('/api/');
}

function isRejection({ status, body }: ApiResponse): boolean {
  if (status !== 200) return true;
  return isObject(body) ? body.ok !== true && !(body instanceof Uint8Array) : !/^ok\b/i.test(String(body));
}
