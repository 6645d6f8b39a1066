import type { FileContent } from '@casebell/im/bots';

/** What a case is opened with; codes as DescribeServices and DescribeSeverityLevels give them. */
export interface CaseRequest {
  subject: string;
  /** 1 to 8,000 characters (CreateCase). */
  body: string;
  serviceCode: string;
  categoryCode: string;
  severityCode: string;
  issueType: string;
  /** ISO 639-1; undefined in China, which knows no other than its own. */
  language?: string;
  cc: readonly string[];
}

export interface Communication {
  body: string;
  submittedBy: string;
  /** ISO 8601. */
  time: string;
  attachments: readonly { id: string; name: string }[];
}

/** A case as AWS has it. */
export interface SupportCase {
  caseId: string;
  /** The number that people see in Support Center. */
  displayId: string;
  subject: string;
  /** opened, reopened, pending-customer-action, resolved, ... */
  status: string;
  serviceCode: string;
  severityCode: string;
  submittedBy: string;
  /** ISO 8601. */
  time: string;
  /** The latest five, newest first. */
  latest: readonly Communication[];
}

/** A code and the name that people know it by. */
export interface SupportOption {
  code: string;
  name: string;
}

export interface SupportService extends SupportOption {
  categories: readonly SupportOption[];
}

/** AWS Support of one account. Everything throws SupportTrouble. */
export interface SupportClient {
  /** Never tries twice by itself: CreateCase has no idempotency token. Gives the case id. */
  createCase(request: CaseRequest): Promise<string>;
  /** Resolved ones too; undefined for one that this account does not have. */
  findCase(by: { caseId: string } | { displayId: string }): Promise<SupportCase | undefined>;
  /** Every case opened after that time, resolved ones too, newest first. @param after ms since 1970 */
  listCases(after: number): Promise<SupportCase[]>;
  /** Every case that is not resolved, newest first: a call for each hundred. */
  listOpenCases(): Promise<SupportCase[]>;
  /** These, resolved ones too: a call for each hundred. One that is not there is left out. */
  findCases(caseIds: readonly string[]): Promise<SupportCase[]>;
  /** Newest first. @param after ms since 1970 */
  listCommunications(caseId: string, after?: number): Promise<Communication[]>;
  /** Never tries twice by itself; a resolved case is reopened by it. */
  addCommunication(caseId: string, body: string, files?: readonly StoredFile[]): Promise<void>;
  resolveCase(caseId: string): Promise<void>;
  /** A file of a communication, whatever its size. */
  downloadAttachment(attachmentId: string): Promise<FileContent>;
  /** Brings a file to AWS, to be attached by a reply within the hour. @param set of the files before it, to which a small one is added */
  uploadAttachment(file: FileContent & { size: number }, set?: string): Promise<StoredFile>;
  /** A large one is looked through by AWS first. */
  isAttachmentReady(file: StoredFile): Promise<boolean>;
  listServices(): Promise<readonly SupportService[]>;
  listSeverities(): Promise<readonly SupportOption[]>;
  /** Whether a language can be chosen: not in China. */
  readonly canChooseLanguage: boolean;
  /** ISO 639-1 codes that a case about this can be handled in. */
  listLanguages(about: { issueType: string; serviceCode: string; categoryCode: string }): Promise<string[]>;
  /** Resolves when a case could be opened, without opening one. */
  checkPermission(): Promise<void>;
}

/** A file that AWS has, and no case yet. */
export type StoredFile = { setId: string } | { uploadId: string };

/** What went wrong, as far as a person can do something about it. */
export type SupportErrorKind =
  | 'no-plan'
  | 'denied'
  | 'role'
  | 'throttled'
  | 'not-found'
  | 'too-many-cases'
  | 'invalid'
  | 'file-too-large'
  | 'file-limit'
  | 'file-expired'
  | 'file-refused'
  | 'unreachable';

/** AWS Support would not, or could not. Its message is for the log and has no secrets; people are told by its kind. */
export class SupportError extends Error {
  override readonly name = 'SupportError';
  readonly kind: SupportErrorKind;
  /** Whether what was asked may have been done all the same: nobody answered, or with an error of its own. */
  readonly isOutcomeUnknown: boolean;

  constructor(kind: SupportErrorKind, message: string, uncertain = false) {
    super(message);
    this.kind = kind;
    this.isOutcomeUnknown = uncertain;
  }
}
