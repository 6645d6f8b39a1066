import type { Caller } from '../caller';
import { type Input, optionalText, requiredText } from '../input';
import type { Partition } from '../partition';
import { ServiceError } from '../service-error';
import type { Accounts } from './accounts';
import type { File, Request } from './case';
import type { Cases } from './cases';
import { languagesOf } from './catalogue';
import { issueTypeIn, topicIn } from './catalogue-operations';
import { copiesIn, textWithin, unsuitable } from './constraint';
import { findCase } from './find-case';
import type { Ask } from './guard';
import { mailOf } from './new-case';
import type { Words } from './pen';
import { type Plan, severitiesOf } from './plan';
import type { Hourly } from './throttle';

/** The API reference has no limit for it; the console stops here, so this is a guess on the safe side. */
const LONGEST_SUBJECT = 250;

/** CommunicationBody: 1 to 8,000 characters (API reference). */
const LONGEST_BODY = 8000;

/** Only subject and body are required. What AWS takes for the rest is not said. */
const UNSAID = { serviceCode: 'general-info', categoryCode: 'using-aws' };

function severityIn(input: Input, plan: Plan): string {
  const code = optionalText(input, 'severityCode') ?? 'low';
  if (!severitiesOf(plan).some((severity) => severity.code === code)) {
    throw unsuitable(`Invalid severity code: ${code}`);
  }
  return code;
}

/** English unless the request says so; in China, where the API has no languages, Chinese. */
function languageIn(input: Input, serviceCode: string, partition: Partition): string {
  const language = optionalText(input, 'language');
  if (language === undefined) return partition === 'aws-cn' ? 'zh' : 'en';
  if (!languagesOf(issueTypeIn(input), serviceCode, partition).includes(language)) {
    throw unsuitable(`Invalid language: ${language} for service code: ${serviceCode}`);
  }
  return language;
}

function requestIn(input: Input, plan: Plan, partition: Partition): Request {
  issueTypeIn(input);
  const isUnsaid = input.serviceCode === undefined && input.categoryCode === undefined;
  const topic = isUnsaid ? UNSAID : topicIn(input);
  return {
    subject: textWithin(input, 'subject', 1, LONGEST_SUBJECT),
    ...topic,
    severityCode: severityIn(input, plan),
    language: languageIn(input, topic.serviceCode, partition),
  };
}

/** The sentence is a guess. */
const tooManyCases = (): ServiceError =>
  new ServiceError('CaseCreationLimitExceeded', 'The case creation limit for the account has been exceeded.');

export interface CaseRoom {
  readonly cases: Cases;
  readonly accounts: Accounts;
  readonly partition: Partition;
  readonly created: Hourly;
  /** The files that a request names, by attachment set or uploads. */
  filesIn(input: Input, account: string): File[];
}

/** What a customer does to cases. There is no ReopenCase: a communication reopens. */
export function caseOperations(room: CaseRoom): Record<string, Ask> {
  const { cases, accounts, partition, created, filesIn } = room;

  const wordsIn = (input: Input, caller: Caller): Words => ({
    body: textWithin(input, 'communicationBody', 1, LONGEST_BODY),
    submittedBy: accounts.signatureOf(caller, mailOf(caller.account)),
    copies: copiesIn(input),
    files: filesIn(input, caller.account),
  });

  const ownCase = (input: Input, { account }: Caller) => findCase(cases.of(account), requiredText(input, 'caseId'));

  return {
    CreateCase(input, caller) {
      const words = wordsIn(input, caller);
      const request = requestIn(input, accounts.planOf(caller.account), partition);
      if (created.isFull(caller.account)) throw tooManyCases();
      return () => {
        created.use(caller.account);
        return { caseId: cases.open(caller.account, request, words).caseId };
      };
    },
    AddCommunicationToCase(input, caller) {
      const words = wordsIn(input, caller);
      const one = ownCase(input, caller);
      return () => {
        cases.correspond(one, 'CUSTOMER', words);
        return { result: true };
      };
    },
    ResolveCase(input, caller) {
      const one = ownCase(input, caller);
      return () => {
        const initialCaseStatus = cases.statusOf(one);
        cases.resolve(one);
        return { initialCaseStatus, finalCaseStatus: cases.statusOf(one) };
      };
    },
  };
}
