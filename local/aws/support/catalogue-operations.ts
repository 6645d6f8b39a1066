import { type Input, optionalText, requiredText } from '../input';
import type { Partition } from '../partition';
import type { Accounts } from './accounts';
import { categoryName, type IssueType, LANGUAGES, languagesOf, SERVICES, type Service, serviceOf } from './catalogue';
import { textsWithin, unsuitable } from './constraint';
import type { Ask } from './guard';
import { severitiesOf } from './plan';

const serviceView = ({ code, name, categories }: Service) => ({
  code,
  name,
  categories: categories.map((category) => ({ code: category, name: categoryName(category) })),
});

/** `technical` where nothing is said (CreateCase). */
export function issueTypeIn(input: Input): IssueType {
  const value = optionalText(input, 'issueType') ?? 'technical';
  if (value !== 'technical' && value !== 'customer-service') throw unsuitable(`Invalid issue type: ${value}`);
  return value;
}

/** A service and one of its categories. */
export function topicIn(input: Input): { serviceCode: string; categoryCode: string } {
  const serviceCode = requiredText(input, 'serviceCode');
  const service = serviceOf(serviceCode);
  if (!service) throw unsuitable(`Invalid service code: ${serviceCode}`);
  const categoryCode = requiredText(input, 'categoryCode');
  if (!service.categories.includes(categoryCode)) {
    throw unsuitable(`Invalid category code: ${categoryCode} for service code: ${serviceCode}`);
  }
  return { serviceCode, categoryCode };
}

/** One that Support speaks at all: for names, which are English anyway. */
function checkLanguage(input: Input): void {
  const language = optionalText(input, 'language');
  if (language !== undefined && !LANGUAGES[language]) throw unsuitable(`Invalid language: ${language}`);
}

/** Round the clock: nobody has published real hours, and Casebell opens its cases over the web alone. */
const ALWAYS = {
  supportedHours: [{ startTime: '00:00:00.000', endTime: '23:59:59.999' }],
  datesWithoutSupport: [],
};

const CHANNELS = ['web', 'chat', 'call'].map((type) => ({ type, ...ALWAYS }));

/** What one may choose from when opening a case. */
export function catalogueOperations(accounts: Accounts, partition: Partition): Record<string, Ask> {
  const spoken = (input: Input) => languagesOf(issueTypeIn(input), topicIn(input).serviceCode, partition);
  return {
    DescribeServices(input) {
      const codes = textsWithin(input, 'serviceCodeList', 100);
      checkLanguage(input);
      // An unknown code finds nothing, which is a guess.
      const chosen = SERVICES.filter(({ code }) => codes.length === 0 || codes.includes(code));
      return () => ({ services: chosen.map(serviceView) });
    },
    DescribeSeverityLevels(input, { account }) {
      checkLanguage(input);
      const severityLevels = severitiesOf(accounts.planOf(account));
      return () => ({ severityLevels });
    },
    DescribeSupportedLanguages(input) {
      const codes = spoken(input);
      const named = codes.map((code) => ({ code, language: LANGUAGES[code], display: LANGUAGES[code] }));
      return () => ({ supportedLanguages: named });
    },
    DescribeCreateCaseOptions(input) {
      const isSpoken = spoken(input).includes(requiredText(input, 'language'));
      const languageAvailability = isSpoken ? 'available' : 'unavailable';
      return () => ({ languageAvailability, communicationTypes: isSpoken ? CHANNELS : [] });
    },
  };
}
