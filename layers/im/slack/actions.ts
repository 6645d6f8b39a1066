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

/** The id of a button; the number tells it from the others of its block. */
export function actionId({ kind, root }: Action, number: number): string {
  return `${kind}${root ? '-root' : ''}:${number}`;
}

/** Whether what is filled in belongs to it. */
export function isSubmit(id: string): boolean {
  return id.startsWith('submit');
}

/** Whether its message opens a thread. */
export function isRoot(id: string): boolean {
  return /^[a-z]+-root:/.test(id);
}
