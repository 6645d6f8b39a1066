import type { Conversation } from '@casebell/im/bots';
import {
  type CaseRecord,
  type CaseStore,
  type CaseRef,
  conversationKey,
  type Rights,
  type DraftOwner,
  type Versioned,
} from '../domain/case-store';
import type { Draft } from '../domain/draft';
import { createClaims } from './claims';
import type { DocumentStore, StoredDocument, DocumentKey } from './dynamodb-documents';
import { createSubscriptions } from './followings';

const DAY = 86_400;
const DRAFT_DAYS = 7;
const NOTE_DAYS = 2;

type Member = { name?: string; role: 'member' | 'admin' };

/** What the bot remembers, in DynamoDB. @param auditDays how long it is remembered who changed what */
export function createDynamoDbCaseStore(documents: DocumentStore, now: () => number, auditDays: number): CaseStore {
  const inDays = (days: number): number => now() / 1000 + days * DAY;
  return {
    ...createClaims(documents, now),
    ...openCases(documents),
    ...createSubscriptions(documents, now),
    ...openRights(documents),
    saveNote: async (key, what) => void (await documents.put(noteKey(key), what, { expiresAt: inDays(NOTE_DAYS) })),
    getNote: async <T>(key: string) => (await documents.get<T>(noteKey(key)))?.content,
    deleteNote: (key) => documents.remove(noteKey(key)),
    getDraft: async (bot, message) => (await documents.get<Draft>(draftKey(bot, message)))?.content,
    saveDraft: async (bot, message, draft) =>
      void (await documents.put(draftKey(bot, message), draft, { expiresAt: inDays(DRAFT_DAYS) })),
    deleteDraft: (bot, message) => documents.remove(draftKey(bot, message)),
    async addAuditEntry(entry) {
      const when = new Date(entry.when).toISOString();
      const key: DocumentKey = [`bot#${entry.bot}`, `audit#${when}#${entry.message}`];
      await documents.put(key, entry, { expiresAt: inDays(auditDays) });
    },
  };
}

const draftKey = (bot: string, { conversation, sender }: DraftOwner): DocumentKey => [
  `talk#${bot}/${conversationKey(conversation)}`,
  `draft#${sender.id}`,
];
const noteKey = (key: string): DocumentKey => [`note#${key}`, 'note'];
const caseKey = (reference: string): DocumentKey => [`case#${reference}`, 'record'];
const placeKey = (bot: string, place: Conversation): DocumentKey => [`talk#${bot}/${conversationKey(place)}`, 'case'];

const versioned = (kept: StoredDocument<CaseRecord> | undefined): Versioned<CaseRecord> | undefined =>
  kept && { ...kept.content, version: kept.version };

type Cases = Pick<CaseStore, 'getRecord' | 'createRecord' | 'getRecordByDisplayId' | 'getCaseInConversation' | 'saveRecord' | 'linkConversation'>;

function openCases(documents: DocumentStore): Cases {
  const getRecord = async (reference: string) => versioned(await documents.get<CaseRecord>(caseKey(reference)));

  return {
    getRecord,
    async createRecord(record) {
      const version = await documents.put(caseKey(record.reference), record, { version: 0 });
      const stored = version === undefined ? await getRecord(record.reference) : { ...record, version };
      if (!stored) throw new Error(`The case ${record.reference} was there and is not any more.`);
      return stored;
    },
    getRecordByDisplayId: async (displayId) => versioned(await documents.getByDisplayId<CaseRecord>(displayId)),
    getCaseInConversation: async (bot, conversation) => (await documents.get<CaseRef>(placeKey(bot, conversation)))?.content,
    async saveRecord({ version, ...record }) {
      const saved = await documents.put(caseKey(record.reference), record, { version, displayId: record.displayId });
      if (saved === undefined) throw new Error(`The case ${record.reference} was changed by somebody else meanwhile.`);
      return { ...record, version: saved };
    },
    async linkConversation({ bot, account, caseId, displayId }, place) {
      const housed: CaseRef = { account, caseId, displayId };
      await documents.put(placeKey(bot, place), housed);
    },
  };
}

function openRights(documents: DocumentStore): Pick<CaseStore, 'getRights' | 'grantRole' | 'revokeRole' | 'setAllowList'> {
  const memberKey = (bot: string, person: string): DocumentKey => [`bot#${bot}`, `right#member#${person}`];
  return {
    async getRights(bot): Promise<Rights> {
      const all = await documents.list<Member | boolean>(`bot#${bot}`, 'right#');
      const people = all.flatMap(({ key, content }) =>
        typeof content === 'boolean' ? [] : [[key[1].slice('right#member#'.length), content] as const],
      );
      return { isAllowListOn: all.some(({ content }) => content === true), people: new Map(people) };
    },
    grantRole: async (bot, { id, name }, role) => void (await documents.put(memberKey(bot, id), { name, role })),
    revokeRole: (bot, person) => documents.remove(memberKey(bot, person)),
    setAllowList: async (bot, on) => void (await documents.put([`bot#${bot}`, 'right#list'], on)),
  };
}
