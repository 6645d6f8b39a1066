import type { Control, Post } from '../workspace';

/** A post without the lines that only stand for its controls. */
export interface Bare {
  readonly lines: string[];
  /** What those lines say is to be entered, by the name of the field. */
  readonly hints: ReadonlyMap<string, string>;
}

type Field = Extract<Control, { kind: 'form' }>['fields'][number];

/**
 * Workspaces write controls into what is seen as well, for whoever reads text only: a button as `label` or `[label]`, a field as
 * `label: [hint]` (Slack), or as its label with `[ hint ▾ ]` below (Feishu). Other lines stay, such as a form that is to be copied.
 */
export function bareOf({ view, controls }: Pick<Post, 'view' | 'controls'>): Bare {
  const lines = [...view.lines];
  const hints = new Map<string, string>();
  for (const control of controls) {
    for (const field of control.kind === 'form' ? control.fields : []) takeField(lines, field, hints);
    takeButton(lines, control.kind === 'form' ? control.submit : control.label);
  }
  return { lines, hints };
}

function takeField(lines: string[], { name, label }: Field, hints: Map<string, string>): void {
  const inOne = lines.findIndex(
    (line) => line.startsWith(`${label}: `) && hintIn(line.slice(label.length + 2)) !== undefined,
  );
  const inTwo = lines.findIndex((line, at) => line === label && hintIn(lines[at + 1] ?? '') !== undefined);
  if (inOne >= 0)
    hints.set(
      name,
      hintIn(
        lines
          .splice(inOne, 1)
          .join('')
          .slice(label.length + 2),
      ) ?? '',
    );
  else if (inTwo >= 0) hints.set(name, hintIn(lines.splice(inTwo, 2)[1] ?? '') ?? '');
}

/** Buttons stand at the end of what is said. */
function takeButton(lines: string[], label: string): void {
  const at = lines.findLastIndex((line) => line === label || line === `[${label}]`);
  if (at >= 0) lines.splice(at, 1);
}

function hintIn(text: string): string | undefined {
  return /^\[\s*(.*?)[\s▾]*\]$/s.exec(text)?.[1];
}
