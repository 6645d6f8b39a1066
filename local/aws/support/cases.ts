import { randomUUID } from 'node:crypto';
import type { EventInput } from '../eventbridge/event';
import type { Partition } from '../partition';
import {
  attachmentId,
  type Case,
  type CaseRequest,
  type Communication,
  createCase,
  type Dated,
  type NewCommunication,
  type Status,
  statusAt,
} from './case';
import type { SupportSettings } from './settings';

type Origin = 'AWS' | 'CUSTOMER';

/** Status after a communication. Documented is only that the customer's reopens; the names of the statuses suggest the rest. */
const NEXT_STATUS: Readonly<Record<Origin, Partial<Record<Status, Status>>>> = {
  CUSTOMER: { resolved: 'reopened', 'pending-customer-action': 'customer-action-completed' },
  AWS: {
    unassigned: 'work-in-progress',
    opened: 'work-in-progress',
    reopened: 'work-in-progress',
    'customer-action-completed': 'work-in-progress',
  },
};

/** The cases of all accounts, with the actions of customers and of AWS. */
export function createCases(now: () => number, publish: PublishUpdate) {
  const cases: Case[] = [];
  let order = 0;

  const date = (): Dated => {
    order += 1;
    return { order, at: now() };
  };
  const statusOf = (supportCase: Case): Status => statusAt(supportCase, now()) ?? 'unassigned';
  const setStatus = ({ changes }: Case, status: Status) => void changes.push({ at: now(), status });

  function write(supportCase: Case, { body, submittedBy, files = [], ccAddresses = [] }: NewCommunication) {
    const attachments = files.map((file) => ({ ...file, id: attachmentId(supportCase.account) }));
    // The form of the User Guide's sample event.
    const id = `ekko:us-east-1:${randomUUID()}`;
    const communication: Communication = { ...date(), id, body, submittedBy, attachments };
    supportCase.communications.push(communication);
    for (const address of ccAddresses) supportCase.ccAddresses.add(address);
    return communication;
  }

  return {
    statusOf,
    /** Oldest first. */
    of: (account: string): Case[] => cases.filter((supportCase) => supportCase.account === account),
    all: (): readonly Case[] => cases,
    open(account: string, request: CaseRequest, communication: NewCommunication): Case {
      const opened = createCase(account, request, date());
      write(opened, communication);
      cases.push(opened);
      publish(opened, 'CreateCase');
      return opened;
    },
    addCommunication(supportCase: Case, origin: Origin, communication: NewCommunication): void {
      const next = NEXT_STATUS[origin][statusOf(supportCase)];
      const { id } = write(supportCase, communication);
      if (next) setStatus(supportCase, next);
      publish(supportCase, 'AddCommunicationToCase', { 'communication-id': id, origin });
      // Both events in this order: a guess.
      if (next === 'reopened') publish(supportCase, 'ReopenCase');
    },
    /** Publishes nothing: none of the four events means this. */
    pend: (supportCase: Case) => setStatus(supportCase, 'pending-customer-action'),
    /** Has no effect on a resolved case, which is a guess. */
    resolve(supportCase: Case) {
      if (statusOf(supportCase) === 'resolved') return;
      setStatus(supportCase, 'resolved');
      publish(supportCase, 'ResolveCase');
    },
    reopen(supportCase: Case) {
      if (statusOf(supportCase) !== 'resolved') return;
      setStatus(supportCase, 'reopened');
      publish(supportCase, 'ReopenCase');
    },
  };
}

export type Cases = ReturnType<typeof createCases>;

type UpdateName = 'CreateCase' | 'AddCommunicationToCase' | 'ResolveCase' | 'ReopenCase';

/** Both members are empty except for AddCommunicationToCase (User Guide, "Support Case Update event"). */
type UpdateDetail = { 'communication-id': string; origin: Origin | '' };

export type PublishUpdate = (supportCase: Case, name: UpdateName, detail?: UpdateDetail) => void;

/** Where the events of all accounts arrive, wherever the stack is. */
const EVENT_REGION = 'us-east-1';

/** Publishes case events on the account's bus. China and GovCloud have no such events. */
export function createPublisher(
  partition: Partition,
  settings: SupportSettings,
  emit: (event: EventInput) => void,
): PublishUpdate {
  function isLost(): boolean {
    if (settings.lostEvents <= 0) return false;
    settings.lostEvents -= 1;
    return true;
  }

  return ({ account, caseId, displayId }, name, more = { 'communication-id': '', origin: '' }) => {
    if (partition !== 'aws' || isLost()) return;
    const detail = { 'case-id': caseId, 'display-id': displayId, 'event-name': name, ...more };
    const event = { source: 'aws.support', 'detail-type': 'Support Case Update', detail };
    emit({ ...event, account, region: EVENT_REGION });
  };
}
