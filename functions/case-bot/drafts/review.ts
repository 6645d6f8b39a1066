import type { MessageContext } from '../domain/context';
import type { DraftValues } from '../domain/draft';
import { ISSUE_TYPES, LANGUAGE_NAMES, SEVERITY_WORDS } from '../domain/labels';
import type { SupportClient, SupportOption, SupportService } from '../domain/support-client';
import { toSearchKey } from '../domain/text';
import { loadSupportOptions } from './support-options';
import {
  type FieldProblem,
  type Validated,
  validateCc,
  validateOption,
  validateSubject,
  validateText,
} from './validate';

/** A draft, checked against what AWS offers right now. */
export interface ReviewedDraft {
  /** Valid values as AWS takes them; the others as typed. */
  values: DraftValues;
  problems: readonly FieldProblem[];
  /** Names of the chosen codes. */
  names: { service?: string; category?: string };
  /** The id of the account in which the case will be created. */
  account: string;
}

type Validation = { [name in keyof DraftValues]-?: Validated };

/** Loads the options of AWS and validates each field. Throws SupportError. */
export async function reviewDraft(values: DraftValues, ctx: MessageContext): Promise<ReviewedDraft> {
  const { accounts } = ctx;
  const accountNames = accounts.all.map(({ name }) => optionOf(name));
  const account = validateOption('account', accounts.nameOf(values.account?.trim() ?? ''), accountNames);
  const { id } = accounts.find(account.value ?? '') ?? accounts.all[0] ?? { id: '' };
  const supportClient = accounts.supportClient(id);
  const { services, severities } = await loadSupportOptions(supportClient, ctx);
  const service = validateOption('serviceCode', values.serviceCode, services);
  const category = validateCategory(values, service.choice);
  const issueType = validateOption('issueType', values.issueType || issueTypeFor(service.value), ALL_ISSUE_TYPES);
  const validation: Validation = {
    account,
    subject: validateSubject(values.subject),
    body: validateText('body', values.body),
    issueType,
    serviceCode: service,
    categoryCode: category,
    severityCode: validateOption('severityCode', severityOf(values.severityCode), severities),
    language: await validateLanguage(values, { issueType, service, category }, supportClient, ctx),
    cc: validateCc(values.cc),
  };
  const reviewed = Object.entries(validation).map(([name, { value }]) => [
    name,
    value ?? values[name as keyof DraftValues],
  ]);
  return {
    values: Object.fromEntries(reviewed.filter(([, value]) => value)),
    problems: Object.values(validation).flatMap(({ problem }) => problem ?? []),
    names: { service: service.choice?.name, category: category.choice?.name },
    account: id,
  };
}

const optionOf = (code: string): SupportOption => ({ code, name: code });
const ALL_ISSUE_TYPES = ISSUE_TYPES.map(optionOf);

/** The categories depend on the service, so nothing is asked until it is known. */
const validateCategory = ({ categoryCode }: DraftValues, service: SupportService | undefined): Validated =>
  service ? validateOption('categoryCode', categoryCode, service.categories) : {};

const severityOf = (typed = ''): string => SEVERITY_WORDS[typed.trim()] ?? toSearchKey(typed);

/** Every account has customer service for questions about billing and accounts, also without a support plan. */
const issueTypeFor = (service = ''): string =>
  /^(billing|account|customer)/.test(service) ? 'customer-service' : 'technical';

/** The entered language; else the bot's, where AWS offers it for this question; else English. In China there is no choice. */
async function validateLanguage(
  { language = '' }: DraftValues,
  about: { issueType: Validated; service: Validated; category: Validated },
  supportClient: SupportClient,
  { bot }: MessageContext,
): Promise<Validated> {
  const [issueType, serviceCode, categoryCode] = [about.issueType.value, about.service.value, about.category.value];
  if (!issueType || !serviceCode || !categoryCode || !supportClient.canChooseLanguage) return {};
  const codes = await supportClient.listLanguages({ issueType, serviceCode, categoryCode });
  const options = codes.map((code) => ({ code, name: LANGUAGE_NAMES[code] ?? code }));
  if (language) return validateOption('language', language, options);
  return { value: [bot.caseLanguage, 'en'].find((code) => codes.includes(code)) ?? codes[0] };
}
