/** One does something with another. */
export interface Step {
  from: string;
  to: string;
  what: string;
}

/** A sequence diagram of Mermaid, which GitHub shows as a picture; the same thing again and again is one arrow. */
export function draw(steps: readonly Step[]): string {
  const who = [...new Set(steps.flatMap(({ from, to }) => [from, to]))];
  const key = (name: string): string => name.replaceAll(' ', '');
  const people = who.map((name) => `participant ${key(name)} as ${name}`);
  const arrows = steps.filter(isNew).map(({ from, to, what }) => `${key(from)}->>${key(to)}: ${what}`);
  return ['```mermaid', 'sequenceDiagram', ...[...people, ...arrows].map((line) => `  ${line}`), '```'].join('\n');
}

function isNew({ from, to, what }: Step, index: number, all: readonly Step[]): boolean {
  const before = all[index - 1];
  return before?.from !== from || before.to !== to || before.what !== what;
}
