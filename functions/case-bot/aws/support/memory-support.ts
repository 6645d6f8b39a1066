import type { FileContent } from '@casebell/im/bots';
import {
  type CaseRequest,
  type Communication,
  type StoredFile,
  type SupportCase,
  type SupportClient,
  SupportError,
  type SupportErrorKind,
  type SupportService,
} from '../../domain/support-client';
import {
  type AttachedFile,
  createEngineer,
  createMemoryCases,
  type MemoryCase,
  type MemoryCases,
  type MemoryCommunication,
  type SupportEngineer,
  statusAt,
} from './memory-cases';

/** How AWS Support behaves; a test changes it. Accounts are named by their id. */
export interface SupportControls {
  /** `business` where nothing is set. */
  plans: Record<string, 'none' | 'developer' | 'business' | 'enterprise' | undefined>;
  /** Operations that an account is denied, as the Support API names them; `AssumeRole` denies the role. */
  denied: Record<string, readonly string[] | undefined>;
  /** How long what is written stays invisible. */
  lagMs: number;
  casesPerHour: number;
  /**
   * What happens to the next calls. `lost`: AWS does what is asked, and its answer does not arrive. Every operation if none is
   * named; without end if no number of calls is given.
   */
  fault?: { kind: 'throttle' | 'error' | 'lost'; operation?: string; times?: number };
  /** Is called after each operation that was carried out. */
  onCall?(operation: string): void;
}

/** AWS Support of every account, in memory. */
export interface MemorySupport {
  clientOf(account: string): SupportClient;
  engineer: SupportEngineer;
  controls: SupportControls;
  /** The operations that were called, in order, as the Support API names them. */
  calls: string[];
}

/** CreateCase and AddCommunicationToCase, API Reference. */
const MAX_BODY_CHARS = 8_000;
const MAX_CC = 10;
/** AddAttachmentsToSet: files of a set, bytes of a file, and how long a set lasts. */
const MAX_SET_FILES = 3;
const MAX_SET_FILE_BYTES = 5 * 2 ** 20;
const HOUR_MS = 3_600_000;
/** DescribeCases and DescribeCommunications, maxResults. */
const PAGE_SIZE = 100;
/** DescribeCases, recentCommunications. */
const MAX_RECENT = 5;

const CATEGORIES = ['General Guidance', 'Other'].map((name) => ({ code: name.toLowerCase().replace(' ', '-'), name }));

/** A part of what DescribeServices returns. */
const SERVICES: readonly SupportService[] = [
  ['billing', 'Billing'],
  ['amazon-elastic-compute-cloud-linux', 'Elastic Compute Cloud (EC2 - Linux)'],
  ['amazon-elastic-compute-cloud-windows', 'Elastic Compute Cloud (EC2 - Windows)'],
  ['amazon-simple-storage-service', 'Simple Storage SupportService (S3)'],
  ['elastic-load-balancing', 'Elastic Load Balancing (ELB)'],
  ['aws-lambda', 'Lambda'],
].map(([code = '', name = '']) => ({ code, name, categories: CATEGORIES }));
const SEVERITIES = ['Low', 'Normal', 'High', 'Urgent', 'Critical'].map((name) => ({ code: name.toLowerCase(), name }));
/** How many severities a plan has, from the lowest (Support plans, "Case severity"). */
const SEVERITY_COUNTS = { none: 0, developer: 2, business: 4, enterprise: 5 };

/** AWS Support in memory. @param now ms since 1970 */
export function createMemorySupport(now: () => number): MemorySupport {
  const cases = createMemoryCases(now);
  const controls: SupportControls = { plans: {}, denied: {}, lagMs: 0, casesPerHour: Number.POSITIVE_INFINITY };
  const calls: string[] = [];
  const files = createFileStore(now, controls, cases);

  function clientOf(account: string): SupportClient {
    async function call<T>(operation: string, act: () => T): Promise<T> {
      calls.push(operation);
      const fault = takeFault(controls, operation);
      refuseCall(account, operation, controls);
      if (fault === 'throttle') refuse('throttled', operation);
      if (fault === 'error') lose(operation);
      const result = act();
      controls.onCall?.(operation);
      return fault === 'lost' ? lose(operation) : result;
    }
    const backend: Backend = { account, cases, files, controls, now, call };
    return { ...createReads(backend), ...createFiles(backend), ...createWrites(backend), canChooseLanguage: true };
  }
  return { clientOf, engineer: createEngineer(cases, now), controls, calls };
}

function takeFault(controls: SupportControls, operation: string) {
  const { fault } = controls;
  if (!fault || fault.times === 0 || (fault.operation ?? operation) !== operation) return undefined;
  if (fault.times !== undefined) controls.fault = { ...fault, times: fault.times - 1 };
  return fault.kind;
}

function refuseCall(account: string, operation: string, { denied, plans }: SupportControls): void {
  if (denied[account]?.includes('AssumeRole')) refuse('role', 'AssumeRole');
  if (denied[account]?.includes(operation)) refuse('denied', operation);
  if (plans[account] === 'none') refuse('no-plan', operation);
}

function refuse(kind: SupportErrorKind, operation: string): never {
  throw new SupportError(kind, `${operation}: ${kind}`);
}

function lose(operation: string): never {
  throw new SupportError('unreachable', `${operation}: no answer`, true);
}

/** What one account's client works with. */
interface Backend {
  account: string;
  cases: MemoryCases;
  files: ReturnType<typeof createFileStore>;
  controls: SupportControls;
  now(): number;
  call<T>(operation: string, act: () => T): Promise<T>;
}

type Writes = Pick<
  SupportClient,
  | 'createCase'
  | 'addCommunication'
  | 'resolveCase'
  | 'listServices'
  | 'listSeverities'
  | 'listLanguages'
  | 'checkPermission'
>;

function createWrites({ account, cases, files, controls, now, call }: Backend): Writes {
  const find = (caseId: string, operation: string): MemoryCase =>
    cases.of(account).find((one) => one.caseId === caseId) ?? refuse('not-found', operation);
  const severities = () => SEVERITIES.slice(0, SEVERITY_COUNTS[controls.plans[account] ?? 'business']);

  function check({ subject, body, serviceCode, categoryCode, severityCode, cc }: CaseRequest): void {
    const { categories = [] } = SERVICES.find(({ code }) => code === serviceCode) ?? {};
    const isKnown = [
      categories.some(({ code }) => code === categoryCode),
      severities().some(({ code }) => code === severityCode),
    ].every(Boolean);
    if (!isKnown || subject === '' || cc.length > MAX_CC || !isBody(body)) refuse('invalid', 'CreateCase');
    const recent = cases.of(account).filter(({ at }) => at > now() - HOUR_MS);
    if (recent.length >= controls.casesPerHour) refuse('too-many-cases', 'CreateCase');
  }

  return {
    createCase: (request) =>
      call('CreateCase', () => {
        check(request);
        return cases.open(account, request).caseId;
      }),
    addCommunication: (caseId, body, stored = []) =>
      call('AddCommunicationToCase', () => {
        if (!isBody(body)) refuse('invalid', 'AddCommunicationToCase');
        cases.write(find(caseId, 'AddCommunicationToCase'), 'customer', body, files.collect(stored));
      }),
    resolveCase: (caseId) => call('ResolveCase', () => cases.become(find(caseId, 'ResolveCase'), 'resolved')),
    listServices: () => call('DescribeServices', () => SERVICES),
    listSeverities: () => call('DescribeSeverityLevels', severities),
    listLanguages: () => call('DescribeSupportedLanguages', () => ['en', 'zh', 'ja', 'ko']),
    checkPermission: () => call('CreateCase', () => undefined),
  };
}

const isBody = (body: string): boolean => body.length > 0 && body.length <= MAX_BODY_CHARS;

type Reads = Pick<SupportClient, 'findCase' | 'listCases' | 'listOpenCases' | 'findCases' | 'listCommunications'>;

function createReads({ account, cases, controls, now, call }: Backend): Reads {
  const visibleAt = () => now() - controls.lagMs;
  const isVisible = ({ at }: { at: number }) => at <= visibleAt();
  const toCase = (one: MemoryCase): SupportCase => ({
    ...{ caseId: one.caseId, displayId: one.displayId, subject: one.request.subject },
    ...{ serviceCode: one.request.serviceCode, severityCode: one.request.severityCode },
    status: statusAt(one, visibleAt()),
    submittedBy: `aws+${account}@example.com`,
    time: new Date(one.at).toISOString(),
    latest: newestFirst(one.communications.filter(isVisible)).slice(0, MAX_RECENT).map(toCommunication),
  });
  /** One call for each hundred; what is written meanwhile is on none of the later pages. */
  async function paged<T>(operation: string, read: () => readonly T[]): Promise<readonly T[]> {
    const found = await call(operation, read);
    for (let shown = PAGE_SIZE; shown < found.length; shown += PAGE_SIZE) await call(operation, () => undefined);
    return found;
  }
  const describe = async (isWanted: (one: MemoryCase) => boolean): Promise<SupportCase[]> => {
    const wanted = () => newestFirst(cases.of(account).filter((one) => isVisible(one) && isWanted(one)));
    return (await paged('DescribeCases', wanted)).map(toCase);
  };

  return {
    findCase: async (by) =>
      (
        await describe(({ caseId, displayId }) => ('caseId' in by ? caseId === by.caseId : displayId === by.displayId))
      )[0],
    listCases: (after) => describe(({ at }) => at >= after),
    listOpenCases: () => describe((one) => statusAt(one, visibleAt()) !== 'resolved'),
    async findCases(caseIds) {
      const found: SupportCase[] = [];
      for (let from = 0; from < caseIds.length; from += PAGE_SIZE) {
        const page = caseIds.slice(from, from + PAGE_SIZE);
        found.push(...(await describe(({ caseId }) => page.includes(caseId))));
      }
      return found;
    },
    async listCommunications(caseId, after = 0) {
      const read = () => {
        const one = cases.of(account).find((each) => each.caseId === caseId && isVisible(each));
        if (!one) return refuse('not-found', 'DescribeCommunications');
        return newestFirst(one.communications.filter((each) => isVisible(each) && each.at >= after));
      };
      return (await paged('DescribeCommunications', read)).map(toCommunication);
    },
  };
}

const newestFirst = <T extends { at: number }>(items: readonly T[]): T[] =>
  [...items].reverse().sort((one, other) => other.at - one.at);

const toCommunication = ({ body, submittedBy, time, attachments }: MemoryCommunication): Communication => ({
  ...{ body, submittedBy, time },
  attachments: attachments.map(({ id, fileName }) => ({ id, name: fileName })),
});

type Files = Pick<SupportClient, 'downloadAttachment' | 'uploadAttachment' | 'isAttachmentReady'>;

function createFiles({ account, cases, files, controls, now, call }: Backend): Files {
  return {
    downloadAttachment: (attachmentId) =>
      call('GetAttachmentDownloadLink', () => {
        const visible = cases
          .of(account)
          .flatMap(({ communications }) => communications)
          .filter(({ at }) => at <= now() - controls.lagMs);
        const found = visible.flatMap(({ attachments }) => attachments).find(({ id }) => id === attachmentId);
        if (!found) return refuse('file-expired', 'GetAttachmentDownloadLink');
        return { name: found.fileName, size: found.data.length, bytes: streamOf(found.data) };
      }),
    async uploadAttachment(file, set) {
      const attached = { fileName: file.name, data: await bytesIn(file) };
      if (file.size <= MAX_SET_FILE_BYTES)
        return call('AddAttachmentsToSet', () => ({ setId: files.addToSet(attached, set) }));
      await call('GetAttachmentUploadLinks', () => undefined);
      return call('CompleteAttachmentUpload', () => ({ uploadId: files.upload(attached) }));
    },
    isAttachmentReady: async (file) =>
      'setId' in file || call('DescribeAttachmentUploadStatus', () => files.uploaded(file.uploadId).readyAt <= now()),
  };
}

/** Attachment sets and uploads: files that no case has yet. */
function createFileStore(now: () => number, controls: SupportControls, { nextId }: MemoryCases) {
  const sets = new Map<string, { expiresAt: number; files: AttachedFile[] }>();
  const uploads = new Map<string, { readyAt: number; file: AttachedFile }>();

  function filesIn(set: string, operation: string): AttachedFile[] {
    const found = sets.get(set);
    return found && now() < found.expiresAt ? found.files : refuse('file-expired', operation);
  }
  const uploaded = (id: string) => uploads.get(id) ?? refuse('file-expired', 'DescribeAttachmentUploadStatus');

  return {
    uploaded,
    addToSet(file: AttachedFile, into?: string): string {
      const set = into ?? `as-${nextId()}`;
      if (!into) sets.set(set, { expiresAt: now() + HOUR_MS, files: [] });
      const files = filesIn(set, 'AddAttachmentsToSet');
      if (files.length >= MAX_SET_FILES) refuse('file-too-large', 'AddAttachmentsToSet');
      files.push(file);
      return set;
    },
    upload(file: AttachedFile): string {
      const id = `upload-${nextId()}`;
      uploads.set(id, { readyAt: now() + controls.lagMs, file });
      return id;
    },
    /** A communication takes one set, and uploads. */
    collect(stored: readonly StoredFile[]): AttachedFile[] {
      const setId = stored.flatMap((one) => ('setId' in one ? one.setId : [])).at(-1);
      const small = setId === undefined ? [] : filesIn(setId, 'AddCommunicationToCase');
      const large = stored.flatMap((one) => ('uploadId' in one ? uploaded(one.uploadId) : []));
      if (large.some(({ readyAt }) => readyAt > now())) refuse('invalid', 'AddCommunicationToCase');
      return [...small, ...large.map(({ file }) => file)];
    },
  };
}

async function bytesIn({ bytes }: FileContent): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* streamOf(data: Uint8Array): AsyncIterable<Uint8Array> {
  yield data;
}
