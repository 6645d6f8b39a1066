/** A call that is about to be executed or has been executed, rejected calls included. */
export interface Call {
  /** What is called: `support.CreateCase`, `feishu POST /open-apis/im/v1/chats`. */
  readonly name: string;
  readonly when: 'before' | 'after';
}

/** The call, or its response, waits for the returned promise. */
export type CallHook = (call: Call) => void | Promise<void>;

/** Hooks around every call, for tests that kill the caller in the middle of a call. */
export interface CallHooks {
  /** Calls the hook before and after every call until the returned function is called. */
  watch(hook: CallHook): () => void;
  around<T>(name: string, work: () => T | Promise<T>): Promise<T>;
}

export function createCallHooks(): CallHooks {
  const hooks = new Set<CallHook>();

  async function run(call: Call): Promise<void> {
    for (const hook of hooks) await hook(call);
  }

  return {
    watch(hook) {
      hooks.add(hook);
      return () => void hooks.delete(hook);
    },
    async around(name, work) {
      await run({ name, when: 'before' });
      try {
        return await work();
      } finally {
        await run({ name, when: 'after' });
      }
    },
  };
}
