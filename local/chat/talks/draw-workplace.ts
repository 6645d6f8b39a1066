import { drawBoth } from '../draw-seen';
import { PLATFORMS } from '../platforms';
import type { Talk, Workplace } from '../workplace';
import { drawList, talksShown } from './draw-list';
import { drawPane } from './draw-pane';
import type { Miss } from './draw-post';

/** An organisation: its talks to choose from, and the chosen one to take part in. */
export function drawWorkplace(workplace: Workplace, missesIn: (talk: Talk) => readonly Miss[]): string {
  const { platform, talks } = workplace;
  const [shown] = talksShown(talks);
  const panes = talks.map((talk) => drawPane(talk, workplace, missesIn(talk), talk === shown));
  return `<section class="workplace ${platform}" data-platform="${platform}"><h2>${drawBoth(PLATFORMS[platform].name)}</h2>
<div class="desk"><nav class="talks">${drawList(workplace)}</nav><div class="panes">${panes.join('')}</div></div></section>`;
}
