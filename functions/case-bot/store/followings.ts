import type { CaseStore, Versioned } from '../domain/case-store';
import type { CaseSubscription } from '../domain/case-subscription';
import type { DocumentStore, StoredDocument, DocumentKey } from './dynamodb-documents';

const DAY = 86_400;
/** AWS takes a reply to a resolved case for a reopening as long as that: the rest is followed anew when it is asked for. */
const RESOLVED_DAYS = 90;
const MARK_DAYS = 30;

type Followings = Pick<
  CaseStore,
  'createSubscription' | 'getSubscription' | 'listSubscriptions' | 'saveSubscription' | 'saveOrigin' | 'getOrigin' | 'watchStartedAt'
>;

/** Which cases are told where: one item each, by account, so that a round of an account reads one partition. */
export function createSubscriptions(documents: DocumentStore, now: () => number): Followings {
  const inDays = (days: number): number => now() / 1000 + days * DAY;

  async function getSubscription(account: string, displayId: string): Promise<Versioned<CaseSubscription> | undefined> {
    const kept = await documents.get<CaseSubscription>(keyOf({ account, displayId }));
    return kept && versioned(kept);
  }

  return {
    getSubscription,
    async createSubscription(wanted) {
      const version = await documents.put(keyOf(wanted), wanted, { version: 0 });
      if (version !== undefined) return { ...wanted, version };
      const there = await getSubscription(wanted.account, wanted.displayId);
      if (!there) throw new Error(`The case ${wanted.displayId} was followed and is not any more.`);
      return there;
    },
    listSubscriptions: async (account) => (await documents.list<CaseSubscription>(`account#${account}`, 'case#')).map(versioned),
    async saveSubscription({ version, ...wanted }) {
      const expiresAt = wanted.status === 'resolved' ? inDays(RESOLVED_DAYS) : undefined;
      const kept = await documents.put(keyOf(wanted), wanted, { version, expiresAt });
      return kept === undefined ? undefined : { ...wanted, version: kept };
    },
    saveOrigin: async (mark, place) => void (await documents.put(markKey(mark), place, { expiresAt: inDays(MARK_DAYS) })),
    getOrigin: async (mark) => (await documents.get<string>(markKey(mark)))?.content,
    async watchStartedAt(account, bot) {
      const key: DocumentKey = [`account#${account}`, `watch#${bot}`];
      const known = await documents.get<number>(key);
      if (known) return known.content;
      await documents.put(key, now(), { version: 0 });
      return (await documents.get<number>(key))?.content ?? now();
    },
  };
}

const keyOf = ({ account, displayId }: Pick<CaseSubscription, 'account' | 'displayId'>): DocumentKey => [
  `account#${account}`,
  `case#${displayId}`,
];
const markKey = (mark: string): DocumentKey => [`mark#${mark}`, 'place'];
const versioned = ({ content, version }: StoredDocument<CaseSubscription>): Versioned<CaseSubscription> => ({ ...content, version });
