import { drawFrame, nameOf } from '../chat/screen';
import type { Control, Workspace } from '../chat/workspace';
import type { Heard } from './hear';

/** What the bot has said, framed for a terminal, and below it what can be pressed and filled in. */
export function drawHeard(
  { talk, post }: Heard,
  platform: Workspace['platform'],
  width: number,
  colour = false,
): string {
  const controls = post.controls.flatMap(linesOf);
  const lines = [...post.view.lines, ...(controls.length ? ['', ...controls] : [])];
  return drawFrame(`${nameOf(platform)} · ${talk}`, { ...post.view, lines }, width, colour);
}

function linesOf(control: Control): string[] {
  if (control.kind === 'button') return [`--press "${control.label}"`];
  return control.fields.map(({ name, label, value, options }) => {
    const choice = options ? ` (${options.map((option) => option.value).join(' | ')})` : '';
    const meaning = label === name ? '' : `  ${label}`;
    return `--submit "${name}=${value}"${choice}${meaning}`;
  });
}
