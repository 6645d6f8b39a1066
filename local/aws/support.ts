import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from './caller';
import type { EventInput } from './eventbridge/event';
import { type EmulatorContext, startJsonService } from './json-service';
import type { Listener } from './listener';
import { partitionOf } from './partition';
import { openAccounts } from './support/accounts';
import { openAnnouncer } from './support/announce';
import { attachmentOperations, openCollector } from './support/attachment-operations';
import { openAttachmentSets } from './support/attachment-sets';
import { caseOperations } from './support/case-operations';
import { openCases } from './support/cases';
import { catalogueOperations } from './support/catalogue-operations';
import { describeOperations } from './support/describe-cases';
import { type Engineer, openEngineer } from './support/engineer';
import { createEngineerEndpoint } from './support/engineer-door';
import { guarded } from './support/guard';
import { startLinks } from './support/links';
import type { Plan } from './support/plan';
import { DEFAULT_SETTINGS, type SupportSettings } from './support/settings';
import { openHourly, openThrottle } from './support/throttle';
import { uploadOperations } from './support/upload-operations';
import { openUploads } from './support/uploads';

/** What only AWS can do, and what a test may turn. */
export interface SupportControl {
  readonly engineer: Engineer;
  /** Where the engineer can be reached over HTTP. */
  readonly engineerUrl: string;
  /** The same for another server; false when a request is for somebody else. */
  engineerEndpoint(request: IncomingMessage, response: ServerResponse): boolean;
  /** What an account pays for: `business` unless this says otherwise. */
  subscribe(account: string, plan: Plan): void;
  /**
   * Takes permissions away; without operations, gives them back.
   * @param name an account id, or account id, slash and role name
   */
  deny(name: string, ...operations: string[]): void;
  /** From now on what was written is seen only so many milliseconds later, on the emulators' clock. */
  lag(ms: number): void;
  /** Turns what is not the same for everybody. */
  set(settings: Partial<SupportSettings>): void;
}

export interface Support extends Listener, SupportControl {}

export interface SupportSurroundings extends EmulatorContext {
  /** Of the stack; it says which partition this is. */
  readonly region: string;
  /** Tells EventBridge. */
  emit(happening: EventInput): void;
  /** Who a caller is, as STS knows it. */
  arnOf(caller: Caller): string;
  /** Milliseconds of a clock that no test stops. */
  real?(): number;
  readonly settings?: Partial<SupportSettings>;
}

/** Three files of 5 MB, in base64, and one too many of them. */
const MOST_BYTES = 32 * 2 ** 20;

/**
 * AWS Support, kept apart by account: cases, communications, attachments and uploads, in memory. Trusted Advisor is
 * not here. Messages of errors are guesses where nothing else is said beside them; their names are the model's.
 */
export async function startSupport(surroundings: SupportSurroundings): Promise<Support> {
  const { now, real = () => performance.now(), region, emit, arnOf } = surroundings;
  const partition = partitionOf(region);
  const settings = { ...DEFAULT_SETTINGS, ...surroundings.settings };
  const seen = () => now() - settings.lagMs;

  const accounts = openAccounts(arnOf);
  const cases = openCases(now, openAnnouncer(partition, settings, emit));
  const sets = openAttachmentSets(
    now,
    openHourly(now, () => settings.setsPerHour),
  );
  const uploads = openUploads(now, settings);
  const engineer = openEngineer(cases);
  const engineerEndpoint = createEngineerEndpoint(engineer);
  const links = await startLinks(now, engineerEndpoint);

  const created = openHourly(now, () => settings.casesPerHour);
  const described = openHourly(now, () => settings.attachmentsPerHour);
  const asks = {
    ...catalogueOperations(accounts, partition),
    ...caseOperations({ cases, accounts, partition, created, filesIn: openCollector(sets, uploads) }),
    ...describeOperations(cases, seen, partition),
    ...attachmentOperations({ cases, sets, links, described, seen }),
    ...uploadOperations(uploads, links),
  };
  const { isTooMany } = openThrottle({ now, real }, () => settings.callsPerSecond);
  const operations = guarded(asks, { partition, accounts, isTooMany });
  const service = { name: 'support', target: 'AWSSupport_20130415', version: '1.1', maxBytes: MOST_BYTES } as const;
  const listener = await startJsonService({ ...service, operations }, surroundings);

  return {
    url: listener.url,
    engineer,
    engineerUrl: links.url,
    engineerEndpoint,
    subscribe: accounts.subscribe,
    deny: (name, ...denied) => accounts.deny(name, denied),
    lag: (ms) => void Object.assign(settings, { lagMs: ms }),
    set: (changed) => void Object.assign(settings, changed),
    async close() {
      await listener.close();
      await links.close();
    },
  };
}
