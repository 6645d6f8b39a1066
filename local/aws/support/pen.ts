import { randomBytes, randomUUID } from 'node:crypto';
import type { Case, Communication, File, Happened } from './case';
import { redact } from './redact';

export interface Words {
  readonly body: string;
  readonly submittedBy: string;
  readonly files?: readonly File[];
  readonly copies?: readonly string[];
}

const attached = (account: string) => (file: File) => {
  return { ...file, id: `attachment-${account}-${randomBytes(16).toString('hex')}` };
};

/** Puts communications on record, each with its place in the order of all. */
export function openPen(now: () => number) {
  let order = 0;
  const happened = (): Happened => {
    order += 1;
    return { order, at: now() };
  };

  return {
    happened,
    write(one: Case, { body, submittedBy, files = [], copies = [] }: Words): Communication {
      const attachments = files.map(attached(one.account));
      // As in the User Guide's sample event; an id nobody should read anything into.
      const id = `ekko:us-east-1:${randomUUID()}`;
      const communication = { ...happened(), id, body: redact(body), submittedBy, attachments };
      one.communications.push(communication);
      for (const address of copies) one.copies.add(address);
      return communication;
    },
  };
}
