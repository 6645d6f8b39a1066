import { drawBoth } from '../draw-seen';
import { PLATFORMS } from '../platforms';
import type { Conversation, Workspace } from '../workspace';
import { drawList, talksShown } from './draw-list';
import { drawPane } from './draw-pane';
import type { Miss } from './draw-post';

/** An organisation: its talks to choose from, and the chosen one to take part in. */
export function drawWorkspace(workspace: Workspace, missesIn: (talk: Conversation) => readonly Miss[]): string {
  const { platform, conversations } = workspace;
  const [shown] = talksShown(conversations);
  const panes = conversations.map((talk) => drawPane(talk, workspace, missesIn(talk), talk === shown));
  return `<section class="workspace ${platform}" data-platform="${platform}"><h2>${drawBoth(PLATFORMS[platform].name)}</h2>
<div class="desk"><nav class="talks">${drawList(workspace)}</nav><div class="panes">${panes.join('')}</div></div></section>`;
}
