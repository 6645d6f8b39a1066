/** Runs tasks in the order of the calls. */
export type Limit = <Result>(task: () => Promise<Result>) => Promise<Result>;

/** @param maxConcurrency of tasks */
export function createLimit(maxConcurrency: number): Limit {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function enter(): Promise<void> {
    if (running < maxConcurrency) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  // The slot is passed on, so that a later call cannot overtake a waiting one.
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
