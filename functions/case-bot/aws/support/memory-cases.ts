import type { CaseRequest, Communication } from '../../domain/support-client';

export interface AttachedFile {
  fileName: string;
  data: Uint8Array;
}

export interface MemoryCommunication extends Omit<Communication, 'attachments'> {
  /** ms since 1970. */
  at: number;
  attachments: readonly (AttachedFile & { id: string })[];
}

export interface MemoryCase {
  account: string;
  caseId: string;
  displayId: string;
  request: CaseRequest;
  /** ms since 1970. */
  at: number;
  /** Oldest first. */
  statuses: { at: number; status: string }[];
  communications: MemoryCommunication[];
}

/** What AWS's support engineer sees and does, without any lag; a case is named by its id or its display id. */
export interface SupportEngineer {
  /** Newest first. */
  cases(): {
    account: string;
    caseId: string;
    displayId: string;
    subject: string;
    severityCode: string;
    status: string;
    communications: readonly { submittedBy: string; body: string; fileNames: readonly string[] }[];
  }[];
  answer(id: string, body: string, files?: readonly AttachedFile[]): void;
  /** The case waits for the customer. */
  pend(id: string): void;
  resolve(id: string): void;
  reopen(id: string): void;
}

/** What a communication makes of a case's status; unchanged where nothing is listed. */
const NEXT_STATUS: Readonly<Record<'customer' | 'aws', Readonly<Record<string, string>>>> = {
  customer: { resolved: 'reopened', 'pending-customer-action': 'customer-action-completed' },
  aws: {
    unassigned: 'work-in-progress',
    opened: 'work-in-progress',
    reopened: 'work-in-progress',
    'customer-action-completed': 'work-in-progress',
  },
};

export const statusAt = ({ statuses }: MemoryCase, time: number): string =>
  statuses.findLast(({ at }) => at <= time)?.status ?? 'unassigned';

/** The cases of every account, and how their statuses change. @param now ms since 1970 */
export function createMemoryCases(now: () => number) {
  const cases: MemoryCase[] = [];
  let count = 0;
  const nextId = (): number => {
    count += 1;
    return count;
  };
  const become = (one: MemoryCase, status: string) => void one.statuses.push({ at: now(), status });

  function write(one: MemoryCase, by: 'customer' | 'aws', body: string, files: readonly AttachedFile[] = []): void {
    const submittedBy = by === 'aws' ? 'Amazon Web Services' : `Casebell (Role) <aws+${one.account}@example.com>`;
    const attachments = files.map((file) => ({ ...file, id: `attachment-${nextId()}` }));
    const next = NEXT_STATUS[by][statusAt(one, now())];
    one.communications.push({ at: now(), time: new Date(now()).toISOString(), body, submittedBy, attachments });
    if (next) become(one, next);
  }

  function open(account: string, request: CaseRequest): MemoryCase {
    const id = nextId();
    const caseId = `case-${account}-muzh-2026-${String(id).padStart(16, '0')}`;
    const one: MemoryCase = {
      ...{ account, caseId, displayId: String(1_700_000_000 + id), request, at: now() },
      ...{ statuses: [{ at: now(), status: 'unassigned' }], communications: [] },
    };
    cases.push(one);
    write(one, 'customer', request.body);
    return one;
  }

  return {
    all: cases,
    nextId,
    become,
    write,
    open,
    of: (account: string) => cases.filter((one) => one.account === account),
  };
}

export type MemoryCases = ReturnType<typeof createMemoryCases>;

export function createEngineer(cases: MemoryCases, now: () => number): SupportEngineer {
  function find(id: string): MemoryCase {
    const found = cases.all.find(({ caseId, displayId }) => id === caseId || id === displayId);
    if (!found) throw new Error(`There is no case ${id}.`);
    return found;
  }
  return {
    cases: () =>
      cases.all
        .map((one) => ({
          ...{ account: one.account, caseId: one.caseId, displayId: one.displayId, status: statusAt(one, now()) },
          ...{ subject: one.request.subject, severityCode: one.request.severityCode },
          communications: one.communications.map(({ submittedBy, body, attachments }) => ({
            ...{ submittedBy, body },
            fileNames: attachments.map(({ fileName }) => fileName),
          })),
        }))
        .reverse(),
    answer: (id, body, files) => cases.write(find(id), 'aws', body, files),
    pend: (id) => cases.become(find(id), 'pending-customer-action'),
    resolve: (id) => cases.become(find(id), 'resolved'),
    reopen: (id) => cases.become(find(id), 'reopened'),
  };
}
