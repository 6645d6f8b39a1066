import type { Case, File, Status } from './case';
import type { Cases } from './cases';

/** A case as AWS's own people see it, without any lag. */
export interface EngineerCase {
  readonly account: string;
  readonly caseId: string;
  readonly displayId: string;
  readonly subject: string;
  readonly severityCode: string;
  readonly status: Status;
  readonly communications: readonly { submittedBy: string; body: string; fileNames: readonly string[] }[];
}

/** What AWS's support engineer does. A case is named by its id or its display id, and one that is not there throws. */
export interface Engineer {
  /** The newest first. */
  cases(): EngineerCase[];
  /** Writes to the customer. */
  answer(id: string, body: string, files?: readonly File[]): void;
  /** Waits for the customer; no event tells of it. */
  pend(id: string): void;
  resolve(id: string): void;
  reopen(id: string): void;
}

/** How every answer of AWS is signed (Communication). */
const SIGNATURE = 'Amazon Web Services';

export function openEngineer(cases: Cases): Engineer {
  function find(id: string): Case {
    const found = cases.all().find(({ caseId, displayId }) => id === caseId || id === displayId);
    if (!found) throw new Error(`There is no case ${id}.`);
    return found;
  }

  function onDesk(one: Case): EngineerCase {
    const { account, caseId, displayId, subject, severityCode } = one;
    const communications = one.communications.map(({ submittedBy, body, attachments }) => {
      return { submittedBy, body, fileNames: attachments.map(({ fileName }) => fileName) };
    });
    return { account, caseId, displayId, subject, severityCode, status: cases.statusOf(one), communications };
  }

  return {
    cases: () => cases.all().map(onDesk).reverse(),
    answer: (id, body, files) => void cases.correspond(find(id), 'AWS', { body, submittedBy: SIGNATURE, files }),
    pend: (id) => cases.pend(find(id)),
    resolve: (id) => cases.resolve(find(id)),
    reopen: (id) => cases.reopen(find(id)),
  };
}
