import type { Card, ChatMessage, Conversation, User } from '@casebell/im/bots';
import type { CaseSubscription } from './case-subscription';
import type { Draft } from './draft';
import type { CaseRequest } from './support-client';

/** A case of ours, from the moment that somebody has asked for it. Each step writes what it has reached, so that the next can go on from there. */
export interface CaseRecord {
  /** Ours, in the body of the case: by it a case is found again whose id never reached us. */
  readonly reference: string;
  /** `platform/name`. */
  readonly bot: string;
  /** The account's id. */
  readonly account: string;
  readonly request: CaseRequest;
  /** What did not fit into the body, in order: told as replies once the case is there. */
  readonly overflow: readonly string[];
  readonly opener: User;
  /** Where it was asked for. */
  readonly requestedIn: Conversation;
  /** ms since 1970. */
  readonly createdAt: number;
  /** When CreateCase was called last without our knowing what came of it; ms since 1970. */
  attemptedAt?: number;
  caseId?: string;
  displayId?: string;
  /** How much of the rest has been told. */
  overflowSent: number;
  /** Where it lives. */
  conversation?: Conversation;
}

/** A case that has a place of its own. */
export interface CaseRef {
  /** The account's id. */
  readonly account: string;
  readonly caseId: string;
  readonly displayId: string;
}

/** A record as it was read: what is saved back must not have changed meanwhile. */
export type Versioned<T> = T & { readonly version: number };

export type Role = 'member' | 'admin';

/** Who may use a bot. */
export interface Rights {
  /** Off: everyone in its reach may. */
  isAllowListOn: boolean;
  people: ReadonlyMap<string, { name?: string; role: Role }>;
}

/** In ms: longer than the worker may run (its Timeout), shorter than its queues hide a message (their VisibilityTimeout): who died is followed by the next. */
export const LEASE_MS = 200_000;

export interface MessageClaim {
  /** `busy`: somebody else is at it, or died at it a moment ago. */
  state: 'new' | 'resumed' | 'done' | 'busy';
  /** What was going to be answered before the one who was at it died. */
  response?: Card;
}

/** Something that was changed, or tried: kept for `AuditDays`. */
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

export type DraftOwner = Pick<ChatMessage, 'conversation' | 'sender'>;

/** What the bot remembers: durable, and shared by all that run. */
export interface CaseStore {
  /** One delivery of a message gets it; the others waitForReply that it is done, or busy. */
  claimMessage(message: string): Promise<MessageClaim>;
  /** Done but for the answer; a later claim gets it back. */
  saveResponse(message: string, answer: Card): Promise<void>;
  /** Not done: the next who claims it goes on where this one stopped. */
  releaseMessage(message: string): Promise<void>;
  completeMessage(message: string): Promise<void>;

  /** Keeps something for a day or two, such as what was shared before it was said where it goes. */
  saveNote(key: string, what: unknown): Promise<void>;
  getNote<T>(key: string): Promise<T | undefined>;
  deleteNote(key: string): Promise<void>;

  /** What the sender of a message has begun where it was said. */
  getDraft(bot: string, message: DraftOwner): Promise<Draft | undefined>;
  saveDraft(bot: string, message: DraftOwner, draft: Draft): Promise<void>;
  deleteDraft(bot: string, message: DraftOwner): Promise<void>;

  /** Stores a record unless there is one of its reference; gives the one that is there. */
  createRecord(record: CaseRecord): Promise<Versioned<CaseRecord>>;
  getRecord(reference: string): Promise<Versioned<CaseRecord> | undefined>;
  getRecordByDisplayId(displayId: string): Promise<Versioned<CaseRecord> | undefined>;
  /** The case that this conversation is the place of. */
  getCaseInConversation(bot: string, conversation: Conversation): Promise<CaseRef | undefined>;
  /** Throws when somebody else has saved it since it was read. */
  saveRecord(record: Versioned<CaseRecord>): Promise<Versioned<CaseRecord>>;
  /** Makes the conversation the place of the case; may be repeated. */
  linkConversation(housed: CaseRef & { bot: string }, place: Conversation): Promise<void>;

  /** Begins to follow a case, unless it is followed already; gives what is there. */
  createSubscription(subscription: CaseSubscription): Promise<Versioned<CaseSubscription>>;
  getSubscription(account: string, displayId: string): Promise<Versioned<CaseSubscription> | undefined>;
  /** All of an account. */
  listSubscriptions(account: string): Promise<Versioned<CaseSubscription>[]>;
  /** Undefined when somebody else has kept it since it was read. */
  saveSubscription(subscription: Versioned<CaseSubscription>): Promise<Versioned<CaseSubscription> | undefined>;
  /** Remembers what was typed where, before it goes to AWS: it is not told there again. */
  saveOrigin(mark: string, place: string): Promise<void>;
  /** Where it was typed. */
  getOrigin(mark: string): Promise<string | undefined>;
  /** Since when a bot is told of the new cases of an account, in ms since 1970: since it was first asked. */
  watchStartedAt(account: string, bot: string): Promise<number>;

  getRights(bot: string): Promise<Rights>;
  grantRole(bot: string, person: User, role: Role): Promise<void>;
  revokeRole(bot: string, person: string): Promise<void>;
  setAllowList(bot: string, on: boolean): Promise<void>;

  addAuditEntry(entry: AuditEntry): Promise<void>;
}

/** A conversation as a key: a thread is one of its own. */
export const conversationKey = ({ id, thread }: Conversation): string => (thread ? `${id}/${thread}` : id);
