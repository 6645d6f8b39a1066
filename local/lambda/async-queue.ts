export interface AsyncQueue<Item> {
  put(item: Item): void;
  /** Resolves with the oldest item, waiting for one if necessary. One reader at a time. */
  take(): Promise<Item>;
}

export function createAsyncQueue<Item>(): AsyncQueue<Item> {
  const items: Item[] = [];
  let reader: ((item: Item) => void) | undefined;

  function deliver(): void {
    if (!reader) return;
    const [item] = items.splice(0, 1);
    if (item === undefined) return;
    const read = reader;
    reader = undefined;
    read(item);
  }

  return {
    put(item) {
      items.push(item);
      deliver();
    },
    take: () =>
      new Promise((resolve) => {
        reader = resolve;
        deliver();
      }),
  };
}
