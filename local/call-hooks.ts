/** One call that is about to be done, or that was done: refused ones too. */
export interface Call {
  /** Who is called, and for what: `support.CreateCase`, `feishu POST /open-apis/im/v1/chats`. */
  readonly name: string;
  readonly when: 'before' | 'after';
}

/** What it returns is waited for: until then nothing is done, or nobody is told that it was. */
export type CallHook = (passing: Call) => void | Promise<void>;

/** Those who want to know of every call right when it is made: a test that kills whoever makes it. */
export interface CallHooks {
  /** Calls the watcher before and after every call, until what it returns is called. */
  watch(watcher: CallHook): () => void;
  around<T>(name: string, work: () => T | Promise<T>): Promise<T>;
}

export function createCallHooks(): CallHooks {
  const watchers = new Set<CallHook>();

  async function tell(passing: Call): Promise<void> {
    for (const watcher of watchers) await watcher(passing);
  }

  return {
    watch(watcher) {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    async around(name, work) {
      await tell({ name, when: 'before' });
      try {
        return await work();
      } finally {
        await tell({ name, when: 'after' });
      }
    },
  };
}
