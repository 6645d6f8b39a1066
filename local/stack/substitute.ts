const VARIABLE = /\$\{(!?)([^}]*)\}/g;

/** Fn::Sub: each `${Name}` replaced; `${!Name}` stays as `${Name}`. */
export function replaceVariables(text: string, read: (name: string) => string): string {
  return text.replace(VARIABLE, (_all, literal: string, name: string) => (literal ? `\${${name}}` : read(name.trim())));
}

/** The names that a text has to be given. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(VARIABLE)].filter(([, literal]) => !literal).map(([, , name]) => (name ?? '').trim());
}
