import type { Control, Post } from '../workspace';

/** The controls of a talk that the workspace would press or submit: the latest button of each name, and the latest form. */
export function liveControls(posts: readonly Post[]): ReadonlySet<Control> {
  const latest = new Map<string, Control>();
  for (const { controls } of posts) {
    // Of two of the same name in one card, the first is meant.
    for (const control of controls.toReversed()) latest.set(nameOf(control), control);
  }
  return new Set(latest.values());
}

function nameOf(control: Control): string {
  return control.kind === 'form' ? 'form' : `button ${control.label}`;
}
