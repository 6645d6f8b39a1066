import {
  AddCommunicationToCaseCommand,
  SupportClient as AwsSupportClient,
  CreateCaseCommand,
  DescribeServicesCommand,
  DescribeSeverityLevelsCommand,
  DescribeSupportedLanguagesCommand,
  ResolveCaseCommand,
  type SupportClientConfig,
} from '@aws-sdk/client-support';
import { cached } from '@casebell/im/bots';
import type {
  CaseRequest,
  StoredFile,
  SupportClient,
  SupportOption,
  SupportService,
} from '../../domain/support-client';
import { createAttachmentClient } from './attachments';
import { callSupport, callSupportWithBackoff, toSupportError } from './errors';
import { createCaseReader } from './read-cases';

/** In ms: what AWS offers changes by the week. */
const OFFERS_LAST = 3_600_000;
/** In ms: the worker has three minutes for all it does. */
const PATIENCE = { connectionTimeout: 3_000, requestTimeout: 12_000, throwOnRequestTimeout: true };

/** One account's AWS Support. @param credentials of its role; absent for the stack's own account */
export function createSupportClient(
  region: string,
  credentials: SupportClientConfig['credentials'],
  now: () => number,
  throttled: () => void,
): SupportClient {
  const config = { region, requestHandler: PATIENCE, ...(credentials && { credentials }) };
  const client = hearing(new AwsSupportClient(config), throttled);
  // A write whose answer was lost may have been done: the SDK must not do it again by itself.
  const once = hearing(new AwsSupportClient({ ...config, maxAttempts: 1 }), throttled);

  const services = cached(() => offeredServices(client), OFFERS_LAST, now);
  const severities = cached(() => offeredSeverities(client), OFFERS_LAST, now);
  const open = ({ language, ...request }: CaseRequest, dryRun?: true) =>
    once.send(createCase(request, language, dryRun));

  return {
    ...createCaseReader(client),
    ...createAttachmentClient(client),
    canChooseLanguage: !region.startsWith('cn-'),
    createCase: (request) => callSupportWithBackoff('CreateCase', async () => (await open(request)).caseId ?? ''),
    addCommunication: (caseId, communicationBody, files = []) =>
      callSupportWithBackoff('AddCommunicationToCase', async () => {
        await once.send(new AddCommunicationToCaseCommand({ caseId, communicationBody, ...attached(files) }));
      }),
    resolveCase: (caseId) =>
      callSupport('ResolveCase', async () => {
        await client.send(new ResolveCaseCommand({ caseId }));
      }),
    listServices: () => callSupport('DescribeServices', () => services()),
    listSeverities: () => callSupport('DescribeSeverityLevels', () => severities()),
    listLanguages: (about) =>
      callSupport('DescribeSupportedLanguages', async () => {
        const { supportedLanguages = [] } = await client.send(new DescribeSupportedLanguagesCommand(about));
        return supportedLanguages.flatMap(({ code }) => code ?? []);
      }),
    checkPermission: () => open(TRIAL, true).then(wasDone, isPermitted),
  };
}

/** Hears of every answer that it is asked too often, before the SDK tries again by itself. */
function hearing(client: AwsSupportClient, throttled: () => void): AwsSupportClient {
  client.middlewareStack.add(
    (next) => (args) =>
      next(args).catch((error: unknown) => {
        if (toSupportError('', error).kind === 'throttled') throttled();
        throw error;
      }),
    { step: 'deserialize', priority: 'high' },
  );
  return client;
}

/** A case's communication takes one attachment set, and ten uploads. */
function attached(files: readonly StoredFile[]) {
  const attachmentSetId = files.flatMap((file) => ('setId' in file ? file.setId : [])).at(-1);
  const uploadIds = files.flatMap((file) => ('uploadId' in file ? file.uploadId : []));
  return { ...(attachmentSetId && { attachmentSetId }), ...(uploadIds.length > 0 && { uploadIds }) };
}

function createCase({ body, cc, ...request }: Omit<CaseRequest, 'language'>, language?: string, dryRun?: true) {
  return new CreateCaseCommand({
    ...request,
    communicationBody: body,
    ccEmailAddresses: [...cc],
    ...(language && { language }),
    ...(dryRun && { dryRun }),
  });
}

/** A dry run files nothing; should one ever, AWS's engineers know this subject as a test (User Guide, "Testing"). */
const TRIAL: CaseRequest = {
  subject: 'TEST CASE-Please ignore',
  body: 'Casebell checks its permission.',
  serviceCode: 'general-info',
  categoryCode: 'using-aws',
  severityCode: 'low',
  issueType: 'technical',
  cc: [],
};

function wasDone(): never {
  throw toSupportError('CreateCase', new Error('A dry run was carried out'));
}

/** "The request was valid, but not performed" is what permission looks like; so is that the trial's codes are not this account's. */
function isPermitted(error: unknown): void {
  const { name } = Object(error) as { name?: string };
  if (name !== 'DryRunOperationException' && name !== 'ValidationException') throw toSupportError('CreateCase', error);
}

async function offeredServices(client: AwsSupportClient): Promise<SupportService[]> {
  const { services = [] } = await client.send(new DescribeServicesCommand({}));
  return services.map(({ code = '', name = '', categories = [] }) => ({
    code,
    name,
    categories: categories.map(choiceOf),
  }));
}

async function offeredSeverities(client: AwsSupportClient): Promise<SupportOption[]> {
  const { severityLevels = [] } = await client.send(new DescribeSeverityLevelsCommand({}));
  return severityLevels.map(choiceOf);
}

const choiceOf = ({ code = '', name = '' }: { code?: string; name?: string }): SupportOption => ({ code, name });
