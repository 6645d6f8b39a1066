import type { Caller } from '../caller';
import { type Input, optionalText, requiredText } from '../input';
import type { Partition } from '../partition';
import { ServiceError } from '../service-error';
import { type CaseRequest, type File, findCase, mailOf, type NewCommunication } from './case';
import type { Cases } from './cases';
import { issueTypeIn, languagesOf, severitiesOf, topicIn } from './catalogue';
import { ccAddressesIn, invalidValue, textWithin } from './constraint';
import type { Accounts, Plan, Prepare } from './guard';
import type { HourlyQuota } from './throttle';

/** The API Reference has no limit; the console stops here. */
const MAX_SUBJECT_LENGTH = 250;
/** CommunicationBody (API Reference). */
const MAX_BODY_LENGTH = 8000;

/** Only subject and body are required. AWS does not document its defaults. */
const DEFAULT_TOPIC = { serviceCode: 'general-info', categoryCode: 'using-aws' };

function severityIn(input: Input, plan: Plan): string {
  const code = optionalText(input, 'severityCode') ?? 'low';
  if (!severitiesOf(plan).some((severity) => severity.code === code)) {
    throw invalidValue(`Invalid severity code: ${code}`);
  }
  return code;
}

/** English by default; Chinese in China, where the API has no languages. */
function languageIn(input: Input, serviceCode: string, partition: Partition): string {
  const language = optionalText(input, 'language');
  if (language === undefined) return partition === 'aws-cn' ? 'zh' : 'en';
  if (!languagesOf(issueTypeIn(input), serviceCode, partition).includes(language)) {
    throw invalidValue(`Invalid language: ${language} for service code: ${serviceCode}`);
  }
  return language;
}

function caseRequestIn(input: Input, plan: Plan, partition: Partition): CaseRequest {
  issueTypeIn(input);
  const hasTopic = input.serviceCode !== undefined || input.categoryCode !== undefined;
  const topic = hasTopic ? topicIn(input) : DEFAULT_TOPIC;
  return {
    subject: textWithin(input, 'subject', 1, MAX_SUBJECT_LENGTH),
    ...topic,
    severityCode: severityIn(input, plan),
    language: languageIn(input, topic.serviceCode, partition),
  };
}

/** The message is a guess. */
const tooManyCases = (): ServiceError =>
  new ServiceError('CaseCreationLimitExceeded', 'The case creation limit for the account has been exceeded.');

interface CaseDeps {
  readonly cases: Cases;
  readonly accounts: Accounts;
  readonly partition: Partition;
  readonly quota: HourlyQuota;
  /** The files of a request's attachment set and uploads. */
  filesIn(input: Input, account: string): File[];
}

/** CreateCase, AddCommunicationToCase and ResolveCase. There is no ReopenCase: a communication reopens a case. */
export function createCaseOperations(deps: CaseDeps): Record<string, Prepare> {
  const { cases, accounts, partition, quota, filesIn } = deps;

  const communicationIn = (input: Input, caller: Caller): NewCommunication => ({
    body: textWithin(input, 'communicationBody', 1, MAX_BODY_LENGTH),
    submittedBy: accounts.signatureOf(caller, mailOf(caller.account)),
    ccAddresses: ccAddressesIn(input),
    files: filesIn(input, caller.account),
  });

  const caseIn = (input: Input, { account }: Caller) => findCase(cases.of(account), requiredText(input, 'caseId'));

  return {
    CreateCase(input, caller) {
      const communication = communicationIn(input, caller);
      const request = caseRequestIn(input, accounts.planOf(caller.account), partition);
      if (quota.isExhausted(caller.account)) throw tooManyCases();
      return () => {
        quota.use(caller.account);
        return { caseId: cases.open(caller.account, request, communication).caseId };
      };
    },
    AddCommunicationToCase(input, caller) {
      const communication = communicationIn(input, caller);
      const supportCase = caseIn(input, caller);
      return () => {
        cases.addCommunication(supportCase, 'CUSTOMER', communication);
        return { result: true };
      };
    },
    ResolveCase(input, caller) {
      const supportCase = caseIn(input, caller);
      return () => {
        const initialCaseStatus = cases.statusOf(supportCase);
        cases.resolve(supportCase);
        return { initialCaseStatus, finalCaseStatus: cases.statusOf(supportCase) };
      };
    },
  };
}
