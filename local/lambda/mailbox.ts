export interface AsyncQueue<Letter> {
  put(letter: Letter): void;
  /** The oldest letter, or the next one that comes. One reader at a time. */
  take(): Promise<Letter>;
}

/** Things that happen at any time, read one after the other. */
export function createAsyncQueue<Letter>(): AsyncQueue<Letter> {
  const letters: Letter[] = [];
  let reader: ((letter: Letter) => void) | undefined;

  function hand(): void {
    if (!reader) return;
    const [letter] = letters.splice(0, 1);
    if (letter === undefined) return;
    const read = reader;
    reader = undefined;
    read(letter);
  }

  return {
    put(letter) {
      letters.push(letter);
      hand();
    },
    take: () =>
      new Promise((resolve) => {
        reader = resolve;
        hand();
      }),
  };
}
