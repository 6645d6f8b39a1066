import { randomBytes, randomInt } from 'node:crypto';
import { type Input, requiredText } from '../input';
import { ServiceError } from '../service-error';

/** CaseDetails also has `all-open`, which is a filter of the console and not a status of a case. */
export type Status =
  | 'unassigned'
  | 'opened'
  | 'work-in-progress'
  | 'pending-customer-action'
  | 'customer-action-completed'
  | 'reopened'
  | 'resolved';

export interface File {
  readonly fileName: string;
  readonly data: Buffer;
}

export interface Attachment extends File {
  readonly id: string;
}

/** `order` distinguishes items of the same millisecond. */
export interface Dated {
  readonly order: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Communication extends Dated {
  readonly id: string;
  readonly body: string;
  readonly submittedBy: string;
  readonly attachments: readonly Attachment[];
}

/** Parameters of CreateCase with their defaults. */
export interface CaseRequest {
  readonly subject: string;
  readonly serviceCode: string;
  readonly categoryCode: string;
  readonly severityCode: string;
  readonly language: string;
}

export interface Case extends CaseRequest, Dated {
  readonly account: string;
  readonly caseId: string;
  readonly displayId: string;
  /** An e-mail address. */
  readonly submittedBy: string;
  readonly ccAddresses: Set<string>;
  /** Oldest first; at least one. */
  readonly changes: { readonly at: number; readonly status: Status }[];
  readonly communications: Communication[];
}

export interface NewCommunication {
  readonly body: string;
  readonly submittedBy: string;
  readonly files?: readonly File[];
  readonly ccAddresses?: readonly string[];
}

/** The status at a time; undefined before the case was created. */
export const statusAt = ({ changes }: Case, time: number): Status | undefined =>
  changes.findLast(({ at }) => at <= time)?.status;

/** The account's own address: `submittedBy` of a case, and the end of a customer's signature. */
export const mailOf = (account: string): string => `aws+${account}@example.com`;

/** @throws ServiceError for an unknown case, or a case of another account; the message is a guess */
export function findCase(cases: readonly Case[], caseId: string): Case {
  const found = cases.find((supportCase) => supportCase.caseId === caseId);
  if (!found) throw new ServiceError('CaseIdNotFound', `The case ID ${caseId} was not found.`);
  return found;
}

/**
 * A case without communications. Its id has the form in public code: account, `mu` and the language, year, sixteen hex digits;
 * display ids there have 9 to 13 digits.
 */
export function createCase(account: string, request: CaseRequest, date: Dated): Case {
  const year = new Date(date.at).getUTCFullYear();
  return {
    ...request,
    ...date,
    account,
    caseId: `case-${account}-mu${request.language}-${year}-${randomBytes(8).toString('hex')}`,
    displayId: String(randomInt(1e10, 1e11)),
    submittedBy: mailOf(account),
    ccAddresses: new Set(),
    changes: [{ at: date.at, status: 'unassigned' }],
    communications: [],
  };
}

export const attachmentId = (account: string): string => `attachment-${account}-${randomBytes(16).toString('hex')}`;

/** Of a file in an attachment set, and of DescribeAttachment. Larger files need an upload and a download link. */
export const MAX_INLINE_BYTES = 5 * 2 ** 20;

/** A file in a request: name and base64 data. */
export function fileIn(input: Input): File {
  return { fileName: requiredText(input, 'fileName'), data: Buffer.from(requiredText(input, 'data'), 'base64') };
}
