import type { Card, Conversation } from '@casebell/im/bots';
import {
  type CaseRecord,
  type CaseRef,
  type CaseStore,
  conversationKey,
  type DraftOwner,
  type DraftStore,
  LEASE_MS,
  type MessageClaims,
  type NoteStore,
  type RecordStore,
  type RightsStore,
  type Role,
  type SubscriptionStore,
  type Versioned,
} from '../domain/case-store';
import type { CaseSubscription } from '../domain/case-subscription';
import type { Draft } from '../domain/draft';
import type { DocumentKey, DocumentStore, StoredDocument } from './dynamodb-documents';

/** How long each kind of item is kept. */
const DAYS = {
  draft: 7,
  note: 2,
  /** No platform delivers a message again after a day (Feishu: after six hours). */
  message: 2,
  origin: 30,
  /** A reply to a resolved case reopens it; an older subscription is created again by `follow`. */
  resolvedSubscription: 90,
} as const;

/** The case store in DynamoDB: one table of versioned documents. @param auditDays how long audit entries are kept */
export function createDynamoDbCaseStore(documents: DocumentStore, now: () => number, auditDays: number): CaseStore {
  const expiresIn = (days: number) => ({ expiresAt: now() / 1000 + days * 86_400 });
  return {
    ...claims(documents, now, expiresIn),
    ...notesAndDrafts(documents, expiresIn),
    ...records(documents),
    ...subscriptions(documents, now, expiresIn),
    ...rights(documents),
    async addAuditEntry(entry) {
      const time = new Date(entry.when).toISOString();
      await documents.put([`bot#${entry.bot}`, `audit#${time}#${entry.message}`], entry, expiresIn(auditDays));
    },
  };
}

type ExpiresIn = (days: number) => { expiresAt: number };

interface StoredClaim {
  state: 'started' | 'responded' | 'done';
  /** ms since 1970. */
  leaseExpiresAt: number;
  response?: Card;
}

/** One item per message, taken by a conditional write. */
function claims(documents: DocumentStore, now: () => number, expiresIn: ExpiresIn): MessageClaims {
  const keyOf = (message: string): DocumentKey => [`message#${message}`, 'claim'];
  const put = (message: string, claim: StoredClaim, version?: number) =>
    documents.put(keyOf(message), claim, { version, ...expiresIn(DAYS.message) });
  return {
    async claimMessage(message) {
      const leaseExpiresAt = now() + LEASE_MS;
      if (await put(message, { state: 'started', leaseExpiresAt }, 0)) return { state: 'new' };
      const stored = await documents.get<StoredClaim>(keyOf(message));
      if (stored?.content.state === 'done') return { state: 'done' };
      if (!stored || now() < stored.content.leaseExpiresAt) return { state: 'busy' };
      const taken = await put(message, { ...stored.content, leaseExpiresAt }, stored.version);
      return taken ? { state: 'resumed', response: stored.content.response } : { state: 'busy' };
    },
    saveResponse: async (message, response) =>
      void (await put(message, { state: 'responded', leaseExpiresAt: now() + LEASE_MS, response })),
    async releaseMessage(message) {
      const stored = await documents.get<StoredClaim>(keyOf(message));
      if (stored) await put(message, { ...stored.content, leaseExpiresAt: 0 }, stored.version);
    },
    completeMessage: async (message) => void (await put(message, { state: 'done', leaseExpiresAt: 0 })),
  };
}

function notesAndDrafts(documents: DocumentStore, expiresIn: ExpiresIn): NoteStore & DraftStore {
  const noteKey = (key: string): DocumentKey => [`note#${key}`, 'note'];
  const draftKey = (bot: string, { conversation, sender }: DraftOwner): DocumentKey => [
    `talk#${bot}/${conversationKey(conversation)}`,
    `draft#${sender.id}`,
  ];
  return {
    saveNote: async (key, note) => void (await documents.put(noteKey(key), note, expiresIn(DAYS.note))),
    getNote: async <T>(key: string) => (await documents.get<T>(noteKey(key)))?.content,
    deleteNote: (key) => documents.remove(noteKey(key)),
    getDraft: async (bot, owner) => (await documents.get<Draft>(draftKey(bot, owner)))?.content,
    saveDraft: async (bot, owner, draft) =>
      void (await documents.put(draftKey(bot, owner), draft, expiresIn(DAYS.draft))),
    deleteDraft: (bot, owner) => documents.remove(draftKey(bot, owner)),
  };
}

function records(documents: DocumentStore): RecordStore {
  const recordKey = (reference: string): DocumentKey => [`case#${reference}`, 'record'];
  const conversationDocument = (bot: string, conversation: Conversation): DocumentKey => [
    `talk#${bot}/${conversationKey(conversation)}`,
    'case',
  ];
  const getRecord = async (reference: string) => versioned(await documents.get<CaseRecord>(recordKey(reference)));
  return {
    getRecord,
    async createRecord(record) {
      const version = await documents.put(recordKey(record.reference), record, { version: 0 });
      const stored = version === undefined ? await getRecord(record.reference) : { ...record, version };
      if (!stored) throw new Error(`Record ${record.reference} exists but cannot be read.`);
      return stored;
    },
    getRecordByDisplayId: async (displayId) => versioned(await documents.getByDisplayId<CaseRecord>(displayId)),
    getCaseInConversation: async (bot, conversation) =>
      (await documents.get<CaseRef>(conversationDocument(bot, conversation)))?.content,
    async saveRecord({ version, ...record }) {
      const { reference, displayId } = record;
      const saved = await documents.put(recordKey(reference), record, { version, displayId });
      if (saved === undefined) throw new Error(`Record ${reference} was changed by another worker.`);
      return { ...record, version: saved };
    },
    async linkConversation({ bot, account, caseId, displayId }, conversation) {
      const ref: CaseRef = { account, caseId, displayId };
      await documents.put(conversationDocument(bot, conversation), ref);
    },
  };
}

/** Subscriptions are partitioned by account, so that one poll of an account reads one partition. */
function subscriptions(documents: DocumentStore, now: () => number, expiresIn: ExpiresIn): SubscriptionStore {
  const keyOf = (account: string, displayId: string): DocumentKey => [`account#${account}`, `case#${displayId}`];
  const originKey = (mark: string): DocumentKey => [`mark#${mark}`, 'origin'];
  const getSubscription = async (account: string, displayId: string) =>
    versioned(await documents.get<CaseSubscription>(keyOf(account, displayId)));
  return {
    getSubscription,
    async createSubscription(subscription) {
      const { account, displayId } = subscription;
      const version = await documents.put(keyOf(account, displayId), subscription, { version: 0 });
      if (version !== undefined) return { ...subscription, version };
      const existing = await getSubscription(account, displayId);
      if (!existing) throw new Error(`The subscription to case ${displayId} exists but cannot be read.`);
      return existing;
    },
    listSubscriptions: async (account) =>
      (await documents.list<CaseSubscription>(`account#${account}`, 'case#')).flatMap((one) => versioned(one) ?? []),
    async saveSubscription({ version, ...subscription }) {
      const { account, displayId, status } = subscription;
      const expiry = status === 'resolved' ? expiresIn(DAYS.resolvedSubscription) : {};
      const saved = await documents.put(keyOf(account, displayId), subscription, { version, ...expiry });
      return saved === undefined ? undefined : { ...subscription, version: saved };
    },
    saveOrigin: async (mark, origin) => void (await documents.put(originKey(mark), origin, expiresIn(DAYS.origin))),
    getOrigin: async (mark) => (await documents.get<string>(originKey(mark)))?.content,
    async watchStartedAt(account, bot) {
      const key: DocumentKey = [`account#${account}`, `watch#${bot}`];
      const known = await documents.get<number>(key);
      if (known) return known.content;
      await documents.put(key, now(), { version: 0 });
      return (await documents.get<number>(key))?.content ?? now();
    },
  };
}

function rights(documents: DocumentStore): RightsStore {
  const PREFIX = 'right#member#';
  const memberKey = (bot: string, userId: string): DocumentKey => [`bot#${bot}`, `${PREFIX}${userId}`];
  return {
    async getRights(bot) {
      const all = await documents.list<{ name?: string; role: Role } | boolean>(`bot#${bot}`, 'right#');
      const people = all.flatMap(({ key, content }) =>
        typeof content === 'boolean' ? [] : [[key[1].slice(PREFIX.length), content] as const],
      );
      return { isAllowListOn: all.some(({ content }) => content === true), people: new Map(people) };
    },
    grantRole: async (bot, { id, name }, role) => void (await documents.put(memberKey(bot, id), { name, role })),
    revokeRole: (bot, userId) => documents.remove(memberKey(bot, userId)),
    setAllowList: async (bot, isOn) => void (await documents.put([`bot#${bot}`, 'right#list'], isOn)),
  };
}

const versioned = <T>(stored: StoredDocument<T> | undefined): Versioned<T> | undefined =>
  stored && { ...stored.content, version: stored.version };
