import { ServiceError } from '../service-error';
import type { Case } from './case';

/** The sentence is a guess. */
const unknown = (caseId: string): ServiceError =>
  new ServiceError('CaseIdNotFound', `The case ID ${caseId} was not found.`);

/**
 * The case with this id.
 * @throws ServiceError for one that is not there, which includes those of other accounts
 */
export function findCase(cases: readonly Case[], caseId: string): Case {
  const found = cases.find((one) => one.caseId === caseId);
  if (!found) throw unknown(caseId);
  return found;
}
