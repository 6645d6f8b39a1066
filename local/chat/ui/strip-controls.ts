import type { Control, Post } from '../workspace';

export interface StrippedPost {
  /** Lines without those that only show a control. */
  readonly lines: string[];
  /** The placeholders of those lines, by field name. */
  readonly placeholders: ReadonlyMap<string, string>;
}

type Field = Extract<Control, { kind: 'form' }>['fields'][number];

/**
 * The view of a post shows its controls as text, too: a button as `label` or `[label]`, a field as `label: [hint]`
 * (Slack), or as its label above `[ hint ▾ ]` (Feishu). Other lines stay, such as a form to copy.
 */
export function stripControls({ view, controls }: Pick<Post, 'view' | 'controls'>): StrippedPost {
  const lines = [...view.lines];
  const placeholders = new Map<string, string>();
  for (const control of controls) {
    for (const field of control.kind === 'form' ? control.fields : []) takeField(lines, field, placeholders);
    takeButton(lines, control.kind === 'form' ? control.submit : control.label);
  }
  return { lines, placeholders };
}

function takeField(lines: string[], { name, label }: Field, placeholders: Map<string, string>): void {
  for (const [index, line] of lines.entries()) {
    const inline = line.startsWith(`${label}: `) ? placeholderIn(line.slice(label.length + 2)) : undefined;
    const below = line === label ? placeholderIn(lines[index + 1] ?? '') : undefined;
    const placeholder = inline ?? below;
    if (placeholder === undefined) continue;
    placeholders.set(name, placeholder);
    lines.splice(index, inline === undefined ? 2 : 1);
    return;
  }
}

/** Buttons are at the end. */
function takeButton(lines: string[], label: string): void {
  const at = lines.findLastIndex((line) => line === label || line === `[${label}]`);
  if (at >= 0) lines.splice(at, 1);
}

function placeholderIn(text: string): string | undefined {
  return /^\[\s*(.*?)[\s▾]*\]$/s.exec(text)?.[1];
}
