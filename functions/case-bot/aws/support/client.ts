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

/** The options of AWS change by the week. */
const OPTIONS_CACHE_MS = 3_600_000;
/** The worker has three minutes for everything. */
const TIMEOUTS_MS = { connectionTimeout: 3_000, requestTimeout: 12_000, throwOnRequestTimeout: true };

/**
 * AWS Support of one account.
 * @param credentials those of its role; absent for the stack's own account
 * @param onThrottled called for each throttled response, also where the SDK retries
 */
export function createSupportClient(
  region: string,
  credentials: SupportClientConfig['credentials'],
  now: () => number,
  onThrottled: () => void,
): SupportClient {
  const config = { region, requestHandler: TIMEOUTS_MS, ...(credentials && { credentials }) };
  const client = observeThrottling(new AwsSupportClient(config), onThrottled);
  // A write without a response may have been carried out, so the SDK must not repeat it.
  const withoutRetries = observeThrottling(new AwsSupportClient({ ...config, maxAttempts: 1 }), onThrottled);

  const services = cached(() => describeServices(client), OPTIONS_CACHE_MS, now);
  const severities = cached(() => describeSeverities(client), OPTIONS_CACHE_MS, now);
  const sendCreateCase = ({ language, ...request }: CaseRequest, dryRun?: true) =>
    withoutRetries.send(toCommand(request, language, dryRun));

  return {
    ...createCaseReader(client),
    ...createAttachmentClient(client),
    canChooseLanguage: !region.startsWith('cn-'),
    createCase: (request) =>
      callSupportWithBackoff('CreateCase', async () => (await sendCreateCase(request)).caseId ?? ''),
    addCommunication: (caseId, communicationBody, files = []) =>
      callSupportWithBackoff('AddCommunicationToCase', async () => {
        await withoutRetries.send(
          new AddCommunicationToCaseCommand({ caseId, communicationBody, ...attachmentsOf(files) }),
        );
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
    checkPermission: () => sendCreateCase(TEST_CASE, true).then(onCreated, onRejected),
  };
}

/** Below the SDK's retries, so that it sees each response. */
function observeThrottling(client: AwsSupportClient, onThrottled: () => void): AwsSupportClient {
  client.middlewareStack.add(
    (next) => (args) =>
      next(args).catch((error: unknown) => {
        if (toSupportError('', error).kind === 'throttled') onThrottled();
        throw error;
      }),
    { step: 'deserialize', priority: 'high' },
  );
  return client;
}

/** A communication takes one attachment set and ten uploads. */
function attachmentsOf(files: readonly StoredFile[]) {
  const attachmentSetId = files.flatMap((file) => ('setId' in file ? file.setId : [])).at(-1);
  const uploadIds = files.flatMap((file) => ('uploadId' in file ? file.uploadId : []));
  return { ...(attachmentSetId && { attachmentSetId }), ...(uploadIds.length > 0 && { uploadIds }) };
}

function toCommand({ body, cc, ...request }: Omit<CaseRequest, 'language'>, language?: string, dryRun?: true) {
  return new CreateCaseCommand({
    ...request,
    communicationBody: body,
    ccEmailAddresses: [...cc],
    ...(language && { language }),
    ...(dryRun && { dryRun }),
  });
}

/** A dry run creates no case; the subject marks a test for AWS's engineers all the same (User Guide, "Testing"). */
const TEST_CASE: CaseRequest = {
  subject: 'TEST CASE-Please ignore',
  body: 'Casebell checks its permission.',
  serviceCode: 'general-info',
  categoryCode: 'using-aws',
  severityCode: 'low',
  issueType: 'technical',
  cc: [],
};

function onCreated(): never {
  throw toSupportError('CreateCase', new Error('The dry run has created a case'));
}

/** With permission, AWS answers that the request was valid but a dry run, or that the test's codes are not valid in this account. */
function onRejected(error: unknown): void {
  const { name } = Object(error) as { name?: string };
  if (name !== 'DryRunOperationException' && name !== 'ValidationException') throw toSupportError('CreateCase', error);
}

async function describeServices(client: AwsSupportClient): Promise<SupportService[]> {
  const { services = [] } = await client.send(new DescribeServicesCommand({}));
  return services.map(({ code = '', name = '', categories = [] }) => ({
    code,
    name,
    categories: categories.map(toOption),
  }));
}

async function describeSeverities(client: AwsSupportClient): Promise<SupportOption[]> {
  const { severityLevels = [] } = await client.send(new DescribeSeverityLevelsCommand({}));
  return severityLevels.map(toOption);
}

const toOption = ({ code = '', name = '' }: { code?: string; name?: string }): SupportOption => ({ code, name });
