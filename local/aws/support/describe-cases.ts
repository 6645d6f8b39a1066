import { type Input, optionalFlag, optionalText, requiredText } from '../input';
import type { Partition } from '../partition';
import { type Case, type Communication, type Status, statusAt } from './case';
import type { Cases } from './cases';
import { textsWithin } from './constraint';
import { findCase } from './find-case';
import type { Ask } from './guard';
import { firstOf, pageIn } from './page';
import { windowIn } from './window';

const MOST_IDS = 100;
const RECENT = 5;

/** Bytes of the largest file that `attachmentSet` and DescribeAttachment know of. */
export const SMALL = 5 * 2 ** 20;

const iso = (at: number): string => new Date(at).toISOString();

function communicationView(caseId: string, { body, submittedBy, at, attachments }: Communication) {
  const detail = ({ id, fileName }: { id: string; fileName: string }) => ({ attachmentId: id, fileName });
  return {
    caseId,
    body,
    submittedBy,
    timeCreated: iso(at),
    attachments: attachments.map(detail),
    attachmentSet: attachments.filter(({ data }) => data.length <= SMALL).map(detail),
  };
}

/** What the store holds, as somebody sees it who sees everything only after the lag. */
function sight(cases: Cases, seen: () => number) {
  const isSeen = ({ at }: { at: number }) => at <= seen();
  return {
    of: (account: string): Case[] => cases.of(account).filter(isSeen),
    statusOf: (one: Case): Status => statusAt(one, seen()) ?? 'unassigned',
    /** Newest first. */
    communications: ({ communications }: Case): Communication[] => communications.filter(isSeen).reverse(),
  };
}

type Sight = ReturnType<typeof sight>;

function caseView(one: Case, { statusOf, communications }: Sight, withCommunications: boolean, partition: Partition) {
  const { items, nextToken } = firstOf(communications(one), RECENT);
  const recent = { communications: items.map((each) => communicationView(one.caseId, each)), nextToken };
  const { caseId, displayId, subject, serviceCode, categoryCode, severityCode, submittedBy, at, copies } = one;
  return {
    ...{ caseId, displayId, subject, serviceCode, categoryCode, severityCode, submittedBy },
    status: statusOf(one),
    timeCreated: iso(at),
    ccEmailAddresses: [...copies],
    language: partition === 'aws-cn' ? undefined : one.language,
    recentCommunications: withCommunications ? recent : undefined,
  };
}

/**
 * Which cases are asked for. A resolved one needs `includeResolvedCases` even where its id is given, an unknown
 * displayId finds nothing, and `language` picks: three guesses.
 */
function choiceIn(input: Input, { statusOf }: Sight): (cases: readonly Case[]) => Case[] {
  const ids = textsWithin(input, 'caseIdList', MOST_IDS);
  const displayId = optionalText(input, 'displayId');
  const language = optionalText(input, 'language');
  const withResolved = optionalFlag(input, 'includeResolvedCases') ?? false;
  const isInside = windowIn(input);
  const isChosen = (one: Case): boolean =>
    one.displayId === (displayId ?? one.displayId) &&
    one.language === (language ?? one.language) &&
    (withResolved || statusOf(one) !== 'resolved') &&
    isInside(one);
  return (cases) => {
    const named = ids.length > 0 ? new Set(ids.map((id) => findCase(cases, id))) : cases;
    return [...named].filter(isChosen).sort((one, other) => other.order - one.order);
  };
}

/**
 * DescribeCases and DescribeCommunications, newest first. The window of DescribeCases is taken to be about when a case
 * was opened: of the two readings of its page this is the one that hides answers to older cases.
 * @param seen up to when what was written is seen, in milliseconds since 1970
 */
export function describeOperations(cases: Cases, seen: () => number, partition: Partition): Record<string, Ask> {
  const visible = sight(cases, seen);
  return {
    DescribeCases(input, { account }) {
      const pick = pageIn(input);
      const withCommunications = optionalFlag(input, 'includeCommunications') ?? true;
      const chosen = choiceIn(input, visible)(visible.of(account));
      return () => {
        const { items, nextToken } = pick(chosen);
        return { cases: items.map((one) => caseView(one, visible, withCommunications, partition)), nextToken };
      };
    },
    DescribeCommunications(input, { account }) {
      const pick = pageIn(input);
      const isInside = windowIn(input);
      const one = findCase(visible.of(account), requiredText(input, 'caseId'));
      return () => {
        const { items, nextToken } = pick(visible.communications(one).filter(isInside));
        return { communications: items.map((each) => communicationView(one.caseId, each)), nextToken };
      };
    },
  };
}
