import type { Partition } from '../partition';
import names from './categories.json';
import services from './services.json';

export type IssueType = 'technical' | 'customer-service';

export interface Service {
  readonly code: string;
  readonly name: string;
  /** What a case about it usually is; technical where nothing is said. */
  readonly issueType?: string;
  readonly categories: readonly string[];
}

/**
 * What DescribeServices gave an account in March 2021, as far as public sources hold it: 46 of its services with up
 * to ten categories each. Of EKS, EventBridge, Secrets Manager and Bedrock only the codes and `general-guidance` are
 * known; their names and `other` are invented. Names are English in every language, as nobody has published others.
 */
export const SERVICES: readonly Service[] = services;

const CATEGORIES: Readonly<Record<string, string>> = names;

export const categoryName = (code: string): string => CATEGORIES[code] ?? code;

export const serviceOf = (code: string): Service | undefined => SERVICES.find((service) => service.code === code);

/** The language codes that the client's model names, with names in the shape it shows. */
export const LANGUAGES: Readonly<Record<string, string>> = {
  en: 'ENGLISH',
  zh: 'CHINESE',
  ja: 'JAPANESE',
  ko: 'KOREAN',
  es: 'SPANISH',
  pt: 'PORTUGUESE',
  fr: 'FRENCH',
  tr: 'TURKISH',
};

/** Which are spoken where is a guess: the four of the knowledge centre for technical cases, all for the others. */
const SPOKEN: Readonly<Record<IssueType, readonly string[]>> = {
  technical: ['en', 'zh', 'ja', 'ko'],
  'customer-service': Object.keys(LANGUAGES),
};

/** Invented, so that somebody meets a service that does not speak their language. */
const SPOKEN_LESS: Readonly<Record<string, readonly string[]>> = { 'distributed-denial-of-service': ['en', 'ja'] };

/** The language codes in which such a case is handled; none in China, where cases have no language. */
export function languagesOf(issueType: IssueType, serviceCode: string, partition: Partition): readonly string[] {
  if (partition === 'aws-cn') return [];
  return SPOKEN_LESS[serviceCode] ?? SPOKEN[issueType];
}
