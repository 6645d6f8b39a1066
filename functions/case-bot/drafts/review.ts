import type { MessageContext } from '../domain/context';
import type { DraftValues } from '../domain/draft';
import { ISSUE_TYPES, LANGUAGE_NAMES, SEVERITY_WORDS } from '../domain/labels';
import type { SupportClient, SupportOption, SupportService } from '../domain/support-client';
import { normalize } from '../domain/text';
import { loadSupportOptions } from './support-options';
import {
  type FieldProblem,
  type Validated,
  validateCc,
  validateOption,
  validateSubject,
  validateText,
} from './validate';

/** A draft held against what AWS offers right now. */
export interface ReviewedDraft {
  /** What was right is written as it will be filed; what was not stays as typed. */
  values: DraftValues;
  problems: readonly FieldProblem[];
  names: { service?: string; category?: string };
  /** The id of the account that it is for. */
  account: string;
  supportClient: SupportClient;
}

type Judgements = { [name in keyof DraftValues]-?: Validated };

/** Asks AWS what may be chosen, and judges field by field. Throws SupportTrouble. */
export async function reviewDraft(values: DraftValues, ctx: MessageContext): Promise<ReviewedDraft> {
  const { accounts } = ctx;
  const names = accounts.all.map(({ name }) => named(name));
  const account = validateOption('account', accounts.nameOf(values.account?.trim() ?? ''), names);
  const { id } = accounts.find(account.value ?? '') ?? accounts.all[0] ?? { id: '' };
  const supportClient = accounts.supportClient(id);
  const { services, severities } = await loadSupportOptions(supportClient, ctx);
  const service = validateOption('serviceCode', values.serviceCode, services);
  const category = categoryOf(values, service.choice);
  const issueType = validateOption('issueType', values.issueType || usualType(service.value), ISSUE_TYPES.map(named));
  const judgements: Judgements = {
    account,
    subject: validateSubject(values.subject),
    body: validateText('body', values.body),
    issueType,
    serviceCode: service,
    categoryCode: category,
    severityCode: validateOption('severityCode', severityOf(values.severityCode), severities),
    language: await languageOf(values, { issueType, service, category }, supportClient, ctx),
    cc: validateCc(values.cc),
  };
  const settled = Object.entries(judgements).map(([name, { value }]) => [
    name,
    value ?? values[name as keyof DraftValues],
  ]);
  return {
    values: Object.fromEntries(settled.filter(([, value]) => value)),
    problems: Object.values(judgements).flatMap(({ problem }) => problem ?? []),
    names: { service: service.choice?.name, category: category.choice?.name },
    account: id,
    supportClient,
  };
}

const named = (code: string): SupportOption => ({ code, name: code });

/** Which categories there are is known only with the service: until then nothing is asked. */
function categoryOf({ categoryCode }: DraftValues, service: SupportService | undefined): Validated {
  return service ? validateOption('categoryCode', categoryCode, service.categories) : {};
}

const severityOf = (typed = ''): string => SEVERITY_WORDS[typed.trim()] ?? normalize(typed);

/** Questions about money and accounts go to customer service, which every account has. */
const usualType = (service = ''): string =>
  /^(billing|account|customer)/.test(service) ? 'customer-service' : 'technical';

/** What was chosen, or the bot's own where AWS has it for this question, else English; in China there is nothing to choose. */
async function languageOf(
  { language = '' }: DraftValues,
  about: { issueType: Validated; service: Validated; category: Validated },
  supportClient: SupportClient,
  { bot }: MessageContext,
): Promise<Validated> {
  const [issueType, serviceCode, categoryCode] = [about.issueType.value, about.service.value, about.category.value];
  if (!issueType || !serviceCode || !categoryCode) return {};
  if (!supportClient.canChooseLanguage) return {};
  const codes = await supportClient.listLanguages({ issueType, serviceCode, categoryCode });
  const choices = codes.map((code) => ({ code, name: LANGUAGE_NAMES[code] ?? code }));
  if (language) return validateOption('language', language, choices);
  return {
    value: codes.includes(bot.caseLanguage) ? bot.caseLanguage : (codes.find((code) => code === 'en') ?? codes[0]),
  };
}
