import type { Card, ChatMessage, Conversation, User } from '@casebell/im/bots';
import type { CaseSubscription } from './case-subscription';
import type { Draft } from './draft';
import type { CaseRequest } from './support-client';

/** A case that a person has submitted. Each step saves its result, so that a retry continues from there. */
export interface CaseRecord {
  /** Part of the case's body: it finds a case whose id was lost. */
  readonly reference: string;
  /** `platform/name`. */
  readonly bot: string;
  /** The account's id. */
  readonly account: string;
  readonly request: CaseRequest;
  /** Text that did not fit into the body, in order: sent as replies after the case is created. */
  readonly overflow: readonly string[];
  readonly opener: User;
  readonly requestedIn: Conversation;
  /** ms since 1970. */
  readonly createdAt: number;
  /** When CreateCase was called last with an unknown outcome, in ms since 1970. */
  attemptedAt?: number;
  caseId?: string;
  displayId?: string;
  /** How many parts of the overflow were sent. */
  overflowSent: number;
  /** Where the case is discussed. */
  conversation?: Conversation;
}

/** The case that a conversation belongs to. */
export interface CaseRef {
  /** The account's id. */
  readonly account: string;
  readonly caseId: string;
  readonly displayId: string;
}

/** As read from the store: it can be saved only if it has not changed since. */
export type Versioned<T> = T & { readonly version: number };

export type Role = 'member' | 'admin';

/** Who may use a bot. */
export interface Rights {
  /** False: everyone who can reach the bot may use it. */
  isAllowListOn: boolean;
  /** By user id. */
  people: ReadonlyMap<string, { name?: string; role: Role }>;
}

/**
 * Longer than the worker may run (its Timeout), shorter than its queues hide a message (their VisibilityTimeout): when a worker dies,
 * its lease has expired before the message is delivered again.
 */
export const LEASE_MS = 200_000;

export interface MessageClaim {
  /** `resumed`: an earlier attempt failed or died. `busy`: another worker holds the lease, or died less than `LEASE_MS` ago. */
  state: 'new' | 'resumed' | 'done' | 'busy';
  /** The response that the earlier attempt was about to send. */
  response?: Card;
}

/** A change, or an attempt to change something; kept for `AuditDays`. */
export interface AuditEntry {
  bot: string;
  message: string;
  who: User;
  where: string;
  /** ms since 1970. */
  when: number;
  what: string;
  result: string;
}

/** A person has one draft in each conversation. */
export type DraftOwner = Pick<ChatMessage, 'conversation' | 'sender'>;

/** The bot's durable state, shared by all workers. */
export interface CaseStore extends MessageClaims, NoteStore, DraftStore, RecordStore, SubscriptionStore, RightsStore {
  addAuditEntry(entry: AuditEntry): Promise<void>;
}

export interface MessageClaims {
  /** Gives the message to one worker; the others see `done` or `busy`. */
  claimMessage(message: string): Promise<MessageClaim>;
  /** Saved before it is sent; a later claim returns it. */
  saveResponse(message: string, response: Card): Promise<void>;
  /** Ends the lease of a failed attempt: the next claim may resume at once. */
  releaseMessage(message: string): Promise<void>;
  completeMessage(message: string): Promise<void>;
}

export interface NoteStore {
  /** Keeps a JSON value for two days, such as files whose case is not known yet. */
  saveNote(key: string, note: unknown): Promise<void>;
  getNote<T>(key: string): Promise<T | undefined>;
  deleteNote(key: string): Promise<void>;
}

export interface DraftStore {
  getDraft(bot: string, owner: DraftOwner): Promise<Draft | undefined>;
  saveDraft(bot: string, owner: DraftOwner, draft: Draft): Promise<void>;
  deleteDraft(bot: string, owner: DraftOwner): Promise<void>;
}

export interface RecordStore {
  /** Stores the record unless its reference exists. Returns the stored record. */
  createRecord(record: CaseRecord): Promise<Versioned<CaseRecord>>;
  getRecord(reference: string): Promise<Versioned<CaseRecord> | undefined>;
  getRecordByDisplayId(displayId: string): Promise<Versioned<CaseRecord> | undefined>;
  /** The case that this conversation belongs to. */
  getCaseInConversation(bot: string, conversation: Conversation): Promise<CaseRef | undefined>;
  /** Throws if another worker has saved it since it was read. */
  saveRecord(record: Versioned<CaseRecord>): Promise<Versioned<CaseRecord>>;
  /** From now on the conversation belongs to the case. Safe to repeat. */
  linkConversation(ref: CaseRef & { bot: string }, conversation: Conversation): Promise<void>;
}

export interface SubscriptionStore {
  /** Stores the subscription unless the case has one. Returns the stored subscription. */
  createSubscription(subscription: CaseSubscription): Promise<Versioned<CaseSubscription>>;
  getSubscription(account: string, displayId: string): Promise<Versioned<CaseSubscription> | undefined>;
  /** All of an account. */
  listSubscriptions(account: string): Promise<Versioned<CaseSubscription>[]>;
  /** Returns undefined if another worker has saved it since it was read. */
  saveSubscription(subscription: Versioned<CaseSubscription>): Promise<Versioned<CaseSubscription> | undefined>;
  /** Saves in which conversation a text was written, before the text goes to AWS: it is not delivered back there. */
  saveOrigin(mark: string, origin: string): Promise<void>;
  getOrigin(mark: string): Promise<string | undefined>;
  /** When a bot first asked for the new cases of an account, in ms since 1970. */
  watchStartedAt(account: string, bot: string): Promise<number>;
}

export interface RightsStore {
  getRights(bot: string): Promise<Rights>;
  grantRole(bot: string, person: User, role: Role): Promise<void>;
  revokeRole(bot: string, userId: string): Promise<void>;
  setAllowList(bot: string, isOn: boolean): Promise<void>;
}

/** Identifies a conversation; each thread is a conversation. */
export const conversationKey = ({ id, thread }: Conversation): string => (thread ? `${id}/${thread}` : id);
