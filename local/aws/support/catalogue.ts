import { type Input, optionalText, requiredText } from '../input';
import type { Partition } from '../partition';
import categoryNames from './categories.json';
import { invalidValue, textsWithin } from './constraint';
import type { Accounts, Plan, Prepare } from './guard';
import services from './services.json';

export type IssueType = 'technical' | 'customer-service';

export interface Service {
  readonly code: string;
  readonly name: string;
  /** Usual issue type of a case; technical by default. */
  readonly issueType?: string;
  readonly categories: readonly string[];
}

/**
 * DescribeServices of an account in March 2021 as far as public sources hold it: 46 services with up to ten categories each. Of
 * EKS, EventBridge, Secrets Manager and Bedrock only the codes and `general-guidance` are known; their names and `other` are
 * invented. Names are English in every language, because no others are published.
 */
export const SERVICES: readonly Service[] = services;

const CATEGORY_NAMES: Readonly<Record<string, string>> = categoryNames;

export const categoryName = (code: string): string => CATEGORY_NAMES[code] ?? code;

/** The language codes in the client's model, with names in the form that the model shows. */
const LANGUAGES: Readonly<Record<string, string>> = {
  en: 'ENGLISH',
  zh: 'CHINESE',
  ja: 'JAPANESE',
  ko: 'KOREAN',
  es: 'SPANISH',
  pt: 'PORTUGUESE',
  fr: 'FRENCH',
  tr: 'TURKISH',
};

/** A guess: the knowledge center's four languages for technical cases, all languages for the others. */
const SUPPORTED_LANGUAGES: Readonly<Record<IssueType, readonly string[]>> = {
  technical: ['en', 'zh', 'ja', 'ko'],
  'customer-service': Object.keys(LANGUAGES),
};

/** Invented, so that a test meets a service without the user's language. */
const FEWER_LANGUAGES: Readonly<Record<string, readonly string[]>> = { 'distributed-denial-of-service': ['en', 'ja'] };

/** None in China, where cases have no language. */
export function languagesOf(issueType: IssueType, serviceCode: string, partition: Partition): readonly string[] {
  if (partition === 'aws-cn') return [];
  return FEWER_LANGUAGES[serviceCode] ?? SUPPORTED_LANGUAGES[issueType];
}

/** Names of DescribeSeverityLevels; the console has others, e.g. "General guidance" for low. */
const SEVERITIES = ['Low', 'Normal', 'High', 'Urgent', 'Critical'].map((name) => ({ code: name.toLowerCase(), name }));

/**
 * Number of levels from the lowest by plan (Support plans, "Case severity"). The API's page requires Business at least; whether
 * Developer may still call it, as in China, is not known.
 */
const LEVEL_COUNTS: Readonly<Record<Plan, number>> = { none: 0, developer: 2, business: 4, enterprise: 5 };

export const severitiesOf = (plan: Plan) => SEVERITIES.slice(0, LEVEL_COUNTS[plan]);

/** `technical` by default (CreateCase). */
export function issueTypeIn(input: Input): IssueType {
  const value = optionalText(input, 'issueType') ?? 'technical';
  if (value !== 'technical' && value !== 'customer-service') throw invalidValue(`Invalid issue type: ${value}`);
  return value;
}

/** A service and one of its categories. */
export function topicIn(input: Input): { serviceCode: string; categoryCode: string } {
  const serviceCode = requiredText(input, 'serviceCode');
  const service = SERVICES.find(({ code }) => code === serviceCode);
  if (!service) throw invalidValue(`Invalid service code: ${serviceCode}`);
  const categoryCode = requiredText(input, 'categoryCode');
  if (!service.categories.includes(categoryCode)) {
    throw invalidValue(`Invalid category code: ${categoryCode} for service code: ${serviceCode}`);
  }
  return { serviceCode, categoryCode };
}

function checkLanguage(input: Input): void {
  const language = optionalText(input, 'language');
  if (language !== undefined && !LANGUAGES[language]) throw invalidValue(`Invalid language: ${language}`);
}

const toOutput = ({ code, name, categories }: Service) => ({
  code,
  name,
  categories: categories.map((category) => ({ code: category, name: categoryName(category) })),
});

/** DescribeServices, DescribeSeverityLevels and DescribeSupportedLanguages. */
export function createCatalogueOperations(accounts: Accounts, partition: Partition): Record<string, Prepare> {
  return {
    DescribeServices(input) {
      const codes = textsWithin(input, 'serviceCodeList', 100);
      checkLanguage(input);
      // An unknown code finds nothing, which is a guess.
      const selected = SERVICES.filter(({ code }) => codes.length === 0 || codes.includes(code));
      return () => ({ services: selected.map(toOutput) });
    },
    DescribeSeverityLevels(input, { account }) {
      checkLanguage(input);
      const severityLevels = severitiesOf(accounts.planOf(account));
      return () => ({ severityLevels });
    },
    DescribeSupportedLanguages(input) {
      const codes = languagesOf(issueTypeIn(input), topicIn(input).serviceCode, partition);
      const supportedLanguages = codes.map((code) => ({ code, language: LANGUAGES[code], display: LANGUAGES[code] }));
      return () => ({ supportedLanguages });
    },
  };
}
