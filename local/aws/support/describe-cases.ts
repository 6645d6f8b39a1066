import { type Input, optionalFlag, optionalText, requiredText } from '../input';
import type { Partition } from '../partition';
import { type Case, type Communication, findCase, MAX_INLINE_BYTES, type Status, statusAt } from './case';
import type { Cases } from './cases';
import { firstPage, pageIn, textsWithin, timeFilterIn } from './constraint';
import type { Prepare } from './guard';

const MAX_IDS = 100;
const RECENT_COMMUNICATIONS = 5;

const toIso = (at: number): string => new Date(at).toISOString();

function toCommunication(caseId: string, { body, submittedBy, at, attachments }: Communication) {
  const toDetails = ({ id, fileName }: { id: string; fileName: string }) => ({ attachmentId: id, fileName });
  return {
    caseId,
    body,
    submittedBy,
    timeCreated: toIso(at),
    attachments: attachments.map(toDetails),
    attachmentSet: attachments.filter(({ data }) => data.length <= MAX_INLINE_BYTES).map(toDetails),
  };
}

/** The cases as Describe operations see them: only what was written before `visibleUntil()`. */
function createView(cases: Cases, visibleUntil: () => number) {
  const isVisible = ({ at }: { at: number }) => at <= visibleUntil();
  return {
    of: (account: string): Case[] => cases.of(account).filter(isVisible),
    statusOf: (supportCase: Case): Status => statusAt(supportCase, visibleUntil()) ?? 'unassigned',
    /** Newest first. */
    communications: ({ communications }: Case): Communication[] => communications.filter(isVisible).reverse(),
  };
}

type View = ReturnType<typeof createView>;

function toCaseDetails(supportCase: Case, view: View, partition: Partition) {
  const { items, nextToken } = firstPage(view.communications(supportCase), RECENT_COMMUNICATIONS);
  const { caseId, displayId, subject, serviceCode, categoryCode, severityCode, submittedBy, at } = supportCase;
  return {
    ...{ caseId, displayId, subject, serviceCode, categoryCode, severityCode, submittedBy },
    status: view.statusOf(supportCase),
    timeCreated: toIso(at),
    ccEmailAddresses: [...supportCase.ccAddresses],
    language: partition === 'aws-cn' ? undefined : supportCase.language,
    recentCommunications: { communications: items.map((item) => toCommunication(caseId, item)), nextToken },
  };
}

/**
 * The filters of DescribeCases, newest case first. Two guesses: a resolved case needs `includeResolvedCases` even if its id is
 * given, and an unknown displayId finds nothing.
 */
function caseFilterIn(input: Input, { statusOf }: View): (cases: readonly Case[]) => Case[] {
  const ids = textsWithin(input, 'caseIdList', MAX_IDS);
  const displayId = optionalText(input, 'displayId');
  const includesResolved = optionalFlag(input, 'includeResolvedCases') ?? false;
  const isInTime = timeFilterIn(input);
  const isSelected = (supportCase: Case): boolean =>
    supportCase.displayId === (displayId ?? supportCase.displayId) &&
    (includesResolved || statusOf(supportCase) !== 'resolved') &&
    isInTime(supportCase);
  return (cases) => {
    const named = ids.length > 0 ? new Set(ids.map((id) => findCase(cases, id))) : cases;
    return [...named].filter(isSelected).sort((one, other) => other.order - one.order);
  };
}

/**
 * DescribeCases and DescribeCommunications, newest first. The time filter of DescribeCases applies to when a case was opened:
 * of the two readings of its page, the one that hides replies to older cases.
 * @param visibleUntil in milliseconds since 1970
 */
export function createDescribeOperations(
  cases: Cases,
  visibleUntil: () => number,
  partition: Partition,
): Record<string, Prepare> {
  const view = createView(cases, visibleUntil);
  return {
    DescribeCases(input, { account }) {
      const page = pageIn(input);
      const selected = caseFilterIn(input, view)(view.of(account));
      return () => {
        const { items, nextToken } = page(selected);
        return { cases: items.map((supportCase) => toCaseDetails(supportCase, view, partition)), nextToken };
      };
    },
    DescribeCommunications(input, { account }) {
      const page = pageIn(input);
      const isInTime = timeFilterIn(input);
      const supportCase = findCase(view.of(account), requiredText(input, 'caseId'));
      return () => {
        const { items, nextToken } = page(view.communications(supportCase).filter(isInTime));
        return { communications: items.map((item) => toCommunication(supportCase.caseId, item)), nextToken };
      };
    },
  };
}
