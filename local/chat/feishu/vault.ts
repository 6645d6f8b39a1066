/** Something whose bytes the platform keeps. */
export interface Stored {
  readonly key: string;
  readonly kind: 'image' | 'file';
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The `file_type` that the bot has uploaded it as. */
  readonly type?: string;
  /** Whether the bot has uploaded it: then it may be said. */
  readonly isOurs: boolean;
  /** Ids of the messages that it is in. */
  readonly messages: Set<string>;
}

/** Files and pictures, by their keys. */
export interface Vault {
  keep(file: Omit<Stored, 'key' | 'messages'>): Stored;
  find(key: string): Stored | undefined;
}

export function openVault(newId: (prefix: string) => string): Vault {
  const all = new Map<string, Stored>();
  return {
    keep(file) {
      const key = newId(file.kind === 'image' ? 'img_v3_' : 'file_v3_');
      const stored = { ...file, key, messages: new Set<string>() };
      all.set(key, stored);
      return stored;
    },
    find: (key) => all.get(key),
  };
}

/** What those in the chat see of it. */
export function seenIn({ name, bytes }: Stored): { name: string; bytes: Uint8Array } {
  return { name, bytes };
}
