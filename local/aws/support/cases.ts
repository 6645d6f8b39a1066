import type { Announce, Origin } from './announce';
import { type Case, type Communication, type Request, type Status, statusAt } from './case';
import { newCase } from './new-case';
import { openPen, type Words } from './pen';

/**
 * What a communication makes of a case's status; it stays what it is where nothing is said. That the customer's reopens
 * is documented, the rest is what the names of the statuses suggest.
 */
const NEXT: Readonly<Record<Origin, Partial<Record<Status, Status>>>> = {
  CUSTOMER: { resolved: 'reopened', 'pending-customer-action': 'customer-action-completed' },
  AWS: {
    unassigned: 'work-in-progress',
    opened: 'work-in-progress',
    reopened: 'work-in-progress',
    'customer-action-completed': 'work-in-progress',
  },
};

/** Every case of every account, and what becomes of them: both the customer's side and AWS's act through this. */
export function openCases(now: () => number, announce: Announce) {
  const cases: Case[] = [];
  const pen = openPen(now);

  const statusOf = (one: Case): Status => statusAt(one, now()) ?? 'unassigned';
  const become = (one: Case, status: Status) => void one.changes.push({ at: now(), status });

  return {
    /** From the oldest. */
    of: (account: string): Case[] => cases.filter((one) => one.account === account),
    all: (): readonly Case[] => cases,
    statusOf,
    open(account: string, request: Request, words: Words): Case {
      const one = newCase(account, request, pen.happened());
      pen.write(one, words);
      cases.push(one);
      announce(one, 'CreateCase');
      return one;
    },
    correspond(one: Case, origin: Origin, words: Words): Communication {
      const after = NEXT[origin][statusOf(one)];
      const communication = pen.write(one, words);
      if (after) become(one, after);
      announce(one, 'AddCommunicationToCase', { communication: communication.id, origin });
      // In this order, and both: a guess.
      if (after === 'reopened') announce(one, 'ReopenCase');
      return communication;
    },
    /** Says nothing to anybody: the four events know no such thing. */
    pend: (one: Case) => become(one, 'pending-customer-action'),
    /** Nothing happens to what is resolved already, which is a guess. */
    resolve(one: Case) {
      if (statusOf(one) === 'resolved') return;
      become(one, 'resolved');
      announce(one, 'ResolveCase');
    },
    reopen(one: Case) {
      if (statusOf(one) !== 'resolved') return;
      become(one, 'reopened');
      announce(one, 'ReopenCase');
    },
  };
}

export type Cases = ReturnType<typeof openCases>;
