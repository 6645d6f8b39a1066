/** CaseDetails has `all-open` besides, which is a filter of the console and no case's status. */
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

/** Something that happened; `order` tells apart what happened in one millisecond. */
export interface Happened {
  readonly order: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Communication extends Happened {
  readonly id: string;
  readonly body: string;
  readonly submittedBy: string;
  readonly attachments: readonly Attachment[];
}

/** What CreateCase says about a case, with its defaults. */
export interface Request {
  readonly subject: string;
  readonly serviceCode: string;
  readonly categoryCode: string;
  readonly severityCode: string;
  readonly language: string;
}

export interface Case extends Request, Happened {
  readonly account: string;
  readonly caseId: string;
  readonly displayId: string;
  /** An address; of whoever wrote it where it is a communication. */
  readonly submittedBy: string;
  readonly copies: Set<string>;
  /** From the oldest, of which there always is one. */
  readonly changes: { readonly at: number; readonly status: Status }[];
  readonly communications: Communication[];
}

/** The status a case had then; undefined before it was there. */
export const statusAt = ({ changes }: Case, time: number): Status | undefined =>
  changes.findLast(({ at }) => at <= time)?.status;
