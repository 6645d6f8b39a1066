/** Lets single operations run side by side, and a transaction run alone. */
export interface Gate {
  shared<T>(work: () => Promise<T>): Promise<T>;
  exclusive<T>(work: () => Promise<T>): Promise<T>;
}

/** First come, first served: what comes after an exclusive work waits for it. */
export function openGate(): Gate {
  let alone: Promise<unknown> = Promise.resolve();
  const beside = new Set<Promise<unknown>>();
  return {
    async shared(work) {
      const turn = alone.then(work);
      beside.add(turn);
      try {
        return await turn;
      } finally {
        beside.delete(turn);
      }
    },
    exclusive(work) {
      const turn = Promise.allSettled([alone, ...beside]).then(work);
      alone = Promise.allSettled([turn]);
      return turn;
    },
  };
}
