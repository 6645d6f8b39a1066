/** Runs a task when there is room for it, in the order of asking. */
export type Limit = <Result>(task: () => Promise<Result>) => Promise<Result>;

/** At most `most` tasks at a time. */
export function createLimit(most: number): Limit {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function enter(): Promise<void> {
    if (running < most) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  /** The place is handed on rather than freed, so that nobody can push in. */
  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return async (task) => {
    await enter();
    try {
      return await task();
    } finally {
      leave();
    }
  };
}
