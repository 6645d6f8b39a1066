import type { Caller } from './caller';
import type { EventInput } from './eventbridge/event';
import { type EmulatorContext, startJsonService } from './json-service';
import type { Listener } from './listener';
import { partitionOf } from './partition';
import { createAttachmentOperations, createAttachmentSets, createFileReader } from './support/attachments';
import { createCaseOperations } from './support/case-operations';
import { createCases, createPublisher } from './support/cases';
import { createCatalogueOperations } from './support/catalogue';
import { createDescribeOperations } from './support/describe-cases';
import { createEngineer, createEngineerEndpoint, type Engineer } from './support/engineer';
import { createAccounts, guardOperations, type Plan } from './support/guard';
import { startLinks } from './support/links';
import { DEFAULT_SETTINGS, type SupportSettings } from './support/settings';
import { createHourlyQuota, createThrottle } from './support/throttle';
import { createUploadOperations, createUploads } from './support/uploads';

/** AWS's own side, and what a test can change. */
export interface SupportControl {
  readonly engineer: Engineer;
  /** Where the engineer is reached over HTTP. */
  readonly engineerUrl: string;
  /** The same as a handler for another server; it returns whether the request was for it. */
  readonly engineerEndpoint: ReturnType<typeof createEngineerEndpoint>;
  /** Sets an account's plan, which is `business` by default. */
  subscribe(account: string, plan: Plan): void;
  /**
   * Removes permissions; without operations, restores them.
   * @param name an account id, or account id, slash and role name
   */
  deny(name: string, ...operations: string[]): void;
  /** Delays the visibility of writes, in milliseconds of the emulators' clock. */
  lag(ms: number): void;
  set(settings: Partial<SupportSettings>): void;
}

export interface Support extends Listener, SupportControl {}

export interface SupportContext extends EmulatorContext {
  /** Of the stack; it determines the partition. */
  readonly region: string;
  /** Puts an event on the account's bus. */
  emit(event: EventInput): void;
  /** The caller's ARN as STS knows it. */
  arnOf(caller: Caller): string;
  /** Milliseconds of a clock that no test stops. */
  realNow?(): number;
  readonly settings?: Partial<SupportSettings>;
}

/** Three files of 5 MB in base64, and one more. */
const MAX_REQUEST_BYTES = 32 * 2 ** 20;

/**
 * AWS Support: cases, communications, attachments and uploads by account, in memory. Not emulated: Trusted Advisor. Error codes are
 * those of the client's model; messages are guesses unless a comment says otherwise.
 */
export async function startSupport(context: SupportContext): Promise<Support> {
  const { now, realNow = () => performance.now(), region, emit, arnOf } = context;
  const partition = partitionOf(region);
  const settings = { ...DEFAULT_SETTINGS, ...context.settings };
  const visibleUntil = () => now() - settings.lagMs;

  const accounts = createAccounts(arnOf);
  const cases = createCases(now, createPublisher(partition, settings, emit));
  const sets = createAttachmentSets(now);
  const uploads = createUploads(now, settings);
  const engineer = createEngineer(cases);
  const engineerEndpoint = createEngineerEndpoint(engineer);
  const links = await startLinks(now, engineerEndpoint);

  const quota = createHourlyQuota(now, () => settings.casesPerHour);
  const filesIn = createFileReader(sets, uploads);
  const prepared = {
    ...createCatalogueOperations(accounts, partition),
    ...createCaseOperations({ cases, accounts, partition, quota, filesIn }),
    ...createDescribeOperations(cases, visibleUntil, partition),
    ...createAttachmentOperations({ cases, sets, links, visibleUntil }),
    ...createUploadOperations(uploads, links),
  };
  const { isThrottled } = createThrottle({ now, realNow }, () => settings.callsPerSecond);
  const operations = guardOperations(prepared, { partition, accounts, isThrottled });
  const protocol = { name: 'support', target: 'AWSSupport_20130415', version: '1.1' } as const;
  const listener = await startJsonService({ ...protocol, maxBytes: MAX_REQUEST_BYTES, operations }, context);

  return {
    url: listener.url,
    engineer,
    engineerUrl: links.url,
    engineerEndpoint,
    subscribe: accounts.subscribe,
    deny: (name, ...operations) => accounts.deny(name, operations),
    lag: (ms) => void Object.assign(settings, { lagMs: ms }),
    set: (changed) => void Object.assign(settings, changed),
    async close() {
      await listener.close();
      await links.close();
    },
  };
}
