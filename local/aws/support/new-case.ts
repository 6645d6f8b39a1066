import { randomBytes, randomInt } from 'node:crypto';
import type { Case, Happened, Request } from './case';

/** The account's own address: what `submittedBy` of a case is, and what a customer's signature ends with. */
export const mailOf = (account: string): string => `aws+${account}@example.com`;

/**
 * A case nobody has looked at, without any communication yet. Its id has the form of those in public code: account,
 * `mu` and the language, year, sixteen hex digits; display ids there have 9 to 13 digits.
 */
export function newCase(account: string, request: Request, when: Happened): Case {
  const year = new Date(when.at).getUTCFullYear();
  return {
    ...request,
    ...when,
    account,
    caseId: `case-${account}-mu${request.language}-${year}-${randomBytes(8).toString('hex')}`,
    displayId: String(randomInt(1e10, 1e11)),
    submittedBy: mailOf(account),
    copies: new Set(),
    changes: [{ at: when.at, status: 'unassigned' }],
    communications: [],
  };
}
