import {
  type Communication as AwsCommunication,
  type SupportClient as AwsSupportClient,
  type CaseDetails,
  DescribeCasesCommand,
  type DescribeCasesCommandOutput,
  DescribeCommunicationsCommand,
  type DescribeCommunicationsCommandOutput,
} from '@aws-sdk/client-support';
import type { Communication, SupportCase, SupportClient } from '../../domain/support-client';
import { SupportError } from '../../domain/support-client';
import { toSupportError } from './errors';

/** Most of a page (DescribeCases and DescribeCommunications, maxResults). */
const PAGE = 100;
/** In ms, between pages: AWS Support takes five calls a second (General Reference, quotas), and others call, too. */
const PAUSE = 250;
/** More pages than this are not read by anybody in a chat. */
const MOST_PAGES = 20;

/** What is read of cases. */
export function createCaseReader(
  client: AwsSupportClient,
): Pick<SupportClient, 'findCase' | 'listCases' | 'listOpenCases' | 'findCases' | 'listCommunications'> {
  const describe = (input: ConstructorParameters<typeof DescribeCasesCommand>[0]) =>
    client.send(new DescribeCasesCommand({ includeResolvedCases: true, ...input }));

  async function listed(wanted: ConstructorParameters<typeof DescribeCasesCommand>[0]): Promise<SupportCase[]> {
    const cases = await allPages('DescribeCases', async (nextToken) => {
      const page: DescribeCasesCommandOutput = await describe({ ...wanted, maxResults: PAGE, nextToken });
      return { items: page.cases ?? [], next: page.nextToken };
    });
    return newestFirst(cases.map(caseOf));
  }

  /** One id that AWS does not know (any more) spoils the whole list: it is looked for by halves. */
  async function thoseOf(caseIdList: string[]): Promise<SupportCase[]> {
    await sleep(PAUSE);
    try {
      return await listed({ caseIdList });
    } catch (error) {
      if (!(error instanceof SupportError) || error.kind !== 'not-found') throw error;
      if (caseIdList.length < 2) return [];
      const half = Math.ceil(caseIdList.length / 2);
      const first = await thoseOf(caseIdList.slice(0, half));
      return [...first, ...(await thoseOf(caseIdList.slice(half)))];
    }
  }

  return {
    async findCase(by) {
      try {
        const wanted = 'caseId' in by ? { caseIdList: [by.caseId] } : by;
        const [found] = (await describe(wanted)).cases ?? [];
        return found && caseOf(found);
      } catch (error) {
        const trouble = toSupportError('DescribeCases', error);
        if (trouble.kind === 'not-found') return undefined;
        throw trouble;
      }
    },
    listCases: (after) => listed({ afterTime: new Date(after).toISOString() }),
    listOpenCases: () => listed({ includeResolvedCases: false }),
    async findCases(caseIds) {
      const found: SupportCase[] = [];
      for (let at = 0; at < caseIds.length; at += PAGE) found.push(...(await thoseOf(caseIds.slice(at, at + PAGE))));
      return found;
    },
    async listCommunications(caseId, after) {
      const afterTime = after === undefined ? undefined : new Date(after).toISOString();
      const all = await allPages('DescribeCommunications', async (nextToken) => {
        const page: DescribeCommunicationsCommandOutput = await client.send(
          new DescribeCommunicationsCommand({ caseId, afterTime, maxResults: PAGE, nextToken }),
        );
        return { items: page.communications ?? [], next: page.nextToken };
      });
      return newestFirst(all.map(communicationOf));
    },
  };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Page<T> = { items: T[]; next?: string };

async function allPages<T>(operation: string, read: (nextToken?: string) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  let next: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await read(next).catch((error) => {
      throw toSupportError(operation, error);
    });
    all.push(...page.items);
    next = page.next;
    if (!next) return all;
    await sleep(PAUSE);
  }
  throw new SupportError('unreachable', `${operation}: more than ${MOST_PAGES} pages`);
}

const newestFirst = <T extends { time: string }>(items: T[]): T[] =>
  items.sort((one, other) => Date.parse(other.time) - Date.parse(one.time));

function caseOf(details: CaseDetails): SupportCase {
  return {
    caseId: details.caseId ?? '',
    displayId: details.displayId ?? '',
    subject: details.subject ?? '',
    status: details.status ?? '',
    serviceCode: details.serviceCode ?? '',
    severityCode: details.severityCode ?? '',
    submittedBy: details.submittedBy ?? '',
    time: details.timeCreated ?? '',
    latest: (details.recentCommunications?.communications ?? []).map(communicationOf),
  };
}

/** `attachments` names files of every size, `attachmentSet`, which older answers have, the small ones only. */
function communicationOf({
  body,
  submittedBy,
  timeCreated,
  attachments,
  attachmentSet,
}: AwsCommunication): Communication {
  const files = attachments ?? attachmentSet ?? [];
  return {
    body: body ?? '',
    submittedBy: submittedBy ?? '',
    time: timeCreated ?? '',
    attachments: files.map(({ attachmentId = '', fileName = '' }) => ({ id: attachmentId, name: fileName })),
  };
}
