import * as dingtalk from './dingtalk/workspace';
import * as feishu from './feishu/workspace';
import * as slack from './slack/workspace';
import type { Workspace, WorkspaceOptions } from './workspace';

/** One organisation on every platform on which people can talk to a bot. */
export function createWorkspaces(options: WorkspaceOptions): Workspace[] {
  return [dingtalk, feishu, slack].flatMap(({ createWorkspace }) => createWorkspace(options) ?? []);
}
