/**
 * What the ids of our buttons say; Slack gives them back with a press. An id is only unique within its message, so there is
 * a number in it.
 */
export interface Action {
  /** A form's button: what is filled in belongs to it. */
  kind: 'press' | 'submit';
  /** Whether its message is the first of a thread, also while nobody has replied. */
  root: boolean;
}

export function actionId({ kind, root }: Action, number: number): string {
  return `${kind}${root ? '-root' : ''}:${number}`;
}

export function isSubmit(id: string): boolean {
  return id.startsWith('submit');
}

export function isRoot(id: string): boolean {
  return /^[a-z]+-root:/.test(id);
}
