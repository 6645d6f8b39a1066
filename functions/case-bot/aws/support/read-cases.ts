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

/** The maximum of maxResults (DescribeCases and DescribeCommunications). */
const PAGE_SIZE = 100;
/** Between pages: AWS Support accepts five calls per second (General Reference, quotas), and other clients call too. */
const PAGE_INTERVAL_MS = 250;
/** People do not read more in a chat. */
const MAX_PAGES = 20;

export function createCaseReader(
  client: AwsSupportClient,
): Pick<SupportClient, 'findCase' | 'listCases' | 'listOpenCases' | 'findCases' | 'listCommunications'> {
  const describe = (input: ConstructorParameters<typeof DescribeCasesCommand>[0]) =>
    client.send(new DescribeCasesCommand({ includeResolvedCases: true, ...input }));

  async function listAll(wanted: ConstructorParameters<typeof DescribeCasesCommand>[0]): Promise<SupportCase[]> {
    const cases = await allPages('DescribeCases', async (nextToken) => {
      const page: DescribeCasesCommandOutput = await describe({ ...wanted, maxResults: PAGE_SIZE, nextToken });
      return { items: page.cases ?? [], next: page.nextToken };
    });
    return newestFirst(cases.map(toCase));
  }

  /** AWS rejects a list with one unknown id, so such a list is halved until that id is alone. */
  async function listByIds(caseIdList: string[]): Promise<SupportCase[]> {
    await sleep(PAGE_INTERVAL_MS);
    try {
      return await listAll({ caseIdList });
    } catch (error) {
      if (!(error instanceof SupportError) || error.kind !== 'not-found') throw error;
      if (caseIdList.length < 2) return [];
      const half = Math.ceil(caseIdList.length / 2);
      const first = await listByIds(caseIdList.slice(0, half));
      return [...first, ...(await listByIds(caseIdList.slice(half)))];
    }
  }

  return {
    async findCase(by) {
      try {
        const wanted = 'caseId' in by ? { caseIdList: [by.caseId] } : by;
        const [found] = (await describe(wanted)).cases ?? [];
        return found && toCase(found);
      } catch (error) {
        const supportError = toSupportError('DescribeCases', error);
        if (supportError.kind === 'not-found') return undefined;
        throw supportError;
      }
    },
    listCases: (after) => listAll({ afterTime: new Date(after).toISOString() }),
    listOpenCases: () => listAll({ includeResolvedCases: false }),
    async findCases(caseIds) {
      const found: SupportCase[] = [];
      for (let at = 0; at < caseIds.length; at += PAGE_SIZE)
        found.push(...(await listByIds(caseIds.slice(at, at + PAGE_SIZE))));
      return found;
    },
    async listCommunications(caseId, after) {
      const afterTime = after === undefined ? undefined : new Date(after).toISOString();
      const all = await allPages('DescribeCommunications', async (nextToken) => {
        const page: DescribeCommunicationsCommandOutput = await client.send(
          new DescribeCommunicationsCommand({ caseId, afterTime, maxResults: PAGE_SIZE, nextToken }),
        );
        return { items: page.communications ?? [], next: page.nextToken };
      });
      return newestFirst(all.map(toCommunication));
    },
  };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Page<T> = { items: T[]; next?: string };

async function allPages<T>(operation: string, read: (nextToken?: string) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  let next: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page = await read(next).catch((error) => {
      throw toSupportError(operation, error);
    });
    all.push(...page.items);
    next = page.next;
    if (!next) return all;
    await sleep(PAGE_INTERVAL_MS);
  }
  throw new SupportError('unreachable', `${operation}: more than ${MAX_PAGES} pages`);
}

const newestFirst = <T extends { time: string }>(items: T[]): T[] =>
  items.sort((one, other) => Date.parse(other.time) - Date.parse(one.time));

function toCase(details: CaseDetails): SupportCase {
  return {
    caseId: details.caseId ?? '',
    displayId: details.displayId ?? '',
    subject: details.subject ?? '',
    status: details.status ?? '',
    serviceCode: details.serviceCode ?? '',
    severityCode: details.severityCode ?? '',
    submittedBy: details.submittedBy ?? '',
    time: details.timeCreated ?? '',
    latest: (details.recentCommunications?.communications ?? []).map(toCommunication),
  };
}

/** `attachments` lists all files; `attachmentSet`, of older responses, only small ones. */
function toCommunication({
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
