import type { FileContent } from '@casebell/im/bots';

/** The input of CreateCase, with codes as DescribeServices and DescribeSeverityLevels return them. */
export interface CaseRequest {
  subject: string;
  /** 1 to 8,000 characters (CreateCase). */
  body: string;
  serviceCode: string;
  categoryCode: string;
  severityCode: string;
  issueType: string;
  /** ISO 639-1; undefined in China, where the language cannot be chosen. */
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

/** A case as DescribeCases returns it. */
export interface SupportCase {
  caseId: string;
  /** The case number in Support Center. */
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

/** A code of AWS Support and its name. */
export interface SupportOption {
  code: string;
  name: string;
}

export interface SupportService extends SupportOption {
  categories: readonly SupportOption[];
}

/** AWS Support of one account. Every method throws SupportError. */
export interface SupportClient {
  /** Not retried: CreateCase has no idempotency token. Returns the case id. */
  createCase(request: CaseRequest): Promise<string>;
  /** Includes resolved cases. Returns undefined where the account has no such case. */
  findCase(by: { caseId: string } | { displayId: string }): Promise<SupportCase | undefined>;
  /** Cases created after that time, also resolved ones, newest first. @param after ms since 1970 */
  listCases(after: number): Promise<SupportCase[]>;
  /** Cases that are not resolved, newest first, with one call per hundred. */
  listOpenCases(): Promise<SupportCase[]>;
  /** Includes resolved cases, with one call per hundred ids. Unknown ids are left out. */
  findCases(caseIds: readonly string[]): Promise<SupportCase[]>;
  /** Newest first. @param after ms since 1970 */
  listCommunications(caseId: string, after?: number): Promise<Communication[]>;
  /** Not retried. It reopens a resolved case. */
  addCommunication(caseId: string, body: string, files?: readonly StoredFile[]): Promise<void>;
  resolveCase(caseId: string): Promise<void>;
  /** A file of a communication, of any size. */
  downloadAttachment(attachmentId: string): Promise<FileContent>;
  /** Uploads a file, to be attached to a reply within an hour. @param setId attachment set to which a small file is added */
  uploadAttachment(file: FileContent & { size: number }, setId?: string): Promise<StoredFile>;
  /** False while AWS scans a large file. */
  isAttachmentReady(file: StoredFile): Promise<boolean>;
  listServices(): Promise<readonly SupportService[]>;
  listSeverities(): Promise<readonly SupportOption[]>;
  /** False in China. */
  readonly canChooseLanguage: boolean;
  /** The ISO 639-1 codes of the languages in which AWS handles such a case. */
  listLanguages(about: { issueType: string; serviceCode: string; categoryCode: string }): Promise<string[]>;
  /** Resolves if a case could be created; creates none. */
  checkPermission(): Promise<void>;
}

/** A file that was uploaded to AWS and is not attached to a case yet. */
export type StoredFile = { setId: string } | { uploadId: string };

/** Errors that a person can do something about. */
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

/** A call of AWS Support failed. The message is for the log and contains no secret; people read a text for the kind. */
export class SupportError extends Error {
  override readonly name = 'SupportError';
  readonly kind: SupportErrorKind;
  /** AWS may have carried out the request: it sent no response, or an error of its own. */
  readonly isOutcomeUnknown: boolean;

  constructor(kind: SupportErrorKind, message: string, isOutcomeUnknown = false) {
    super(message);
    this.kind = kind;
    this.isOutcomeUnknown = isOutcomeUnknown;
  }
}
