import type { CaseStore } from '../domain/case-store';
import { createDynamoDbCaseStore } from './dynamodb-case-store';
import type { DocumentKey, DocumentStore, StoredDocument } from './dynamodb-documents';

/** The case store in memory: the same store over a table that is a map. @param now ms since 1970 */
export const createMemoryCaseStore = (now: () => number, auditDays = 400): CaseStore =>
  createDynamoDbCaseStore(createMemoryDocuments(now), now, auditDays);

interface Item {
  key: DocumentKey;
  /** JSON, as in the real table: what is read is a copy. */
  content: string;
  version: number;
  /** Seconds since 1970. */
  expiresAt: number;
  displayId?: string;
}

/** A table in memory. What has expired is gone at once; DynamoDB may take days for that. */
function createMemoryDocuments(now: () => number): DocumentStore {
  const items = new Map<string, Item>();
  const isAlive = ({ expiresAt }: Item): boolean => now() / 1000 < expiresAt;
  const all = (): Item[] => [...items.values()].filter(isAlive);
  const nameOf = ([pk, sk]: DocumentKey): string => `${pk}\n${sk}`;
  const find = (key: DocumentKey): Item | undefined => {
    const item = items.get(nameOf(key));
    return item && isAlive(item) ? item : undefined;
  };
  const read = <T>({ key, content, version }: Item): StoredDocument<T> => ({
    key,
    version,
    content: JSON.parse(content),
  });

  return {
    async get<T>(key: DocumentKey) {
      const found = find(key);
      return found && read<T>(found);
    },
    async put(key, content, { version, expiresAt = Number.POSITIVE_INFINITY, displayId } = {}) {
      if (version !== undefined && version !== (find(key)?.version ?? 0)) return undefined;
      const next = (version ?? now()) + 1;
      items.set(nameOf(key), { key, content: JSON.stringify(content), version: next, expiresAt, displayId });
      return next;
    },
    async remove(key) {
      items.delete(nameOf(key));
    },
    async list<T>(pk: string, prefix: string) {
      const found = all().filter(({ key }) => key[0] === pk && key[1].startsWith(prefix));
      return found.sort((one, other) => (one.key[1] < other.key[1] ? -1 : 1)).map((item) => read<T>(item));
    },
    async getByDisplayId<T>(displayId: string) {
      const found = all().find((item) => item.displayId === displayId);
      return found && read<T>(found);
    },
  };
}
