import type { Language, Locale } from './formatter';
import { entry, type Json, list, text } from './json';

/**
 * AWS's own description in the reader's language, otherwise in English, otherwise the first one.
 * Languages come as `zh_CN` and `en_US`.
 */
export function descriptionOf(descriptions: Json | undefined, language: Language): string | undefined {
  const all = list(descriptions).map((one) => ({
    language: text(one.language)?.replace('_', '-').toLowerCase() ?? '',
    words: text(one) ?? text(one.latestDescription),
  }));
  const wanted = [language.toLowerCase(), language.slice(0, 2), 'en', ''];
  const best = wanted.flatMap((start) => all.filter((one) => one.words && one.language.startsWith(start)))[0];
  // Health writes a line break as the two characters \n; anywhere else they may be part of JSON or of a path.
  return best?.words?.replaceAll('\\n', '\n').trim();
}

/**
 * A public event concerns no account in particular: every account receives the same ("Monitoring account-specific and public events for AWS
 * Health", AWS Health User Guide). An event that names resources is not public.
 */
export const isForEveryone = (detail: Json | undefined): boolean =>
  text(detail?.eventScopeCode) === 'PUBLIC' && list(detail?.affectedEntities).length === 0;

/**
 * The Health console is one for a whole partition ("Getting started with your AWS Health Dashboard"). Its event log is
 * the list that holds an event whatever its status; no document fixes the `eventID` address, links in AWS's mails have it.
 */
export function healthLink(arn: string | undefined, region: string | undefined, locale: Locale): string {
  const homes = { cn: 'cn-north-1', 'us-gov': 'us-gov-west-1' };
  const home = entry(homes, /^(cn|us-gov)-/.exec(region ?? '')?.[1]) ?? 'us-east-1';
  const event = arn && /^arn:[\w:/.-]{1,1600}$/.test(arn) ? `?eventID=${arn}&eventTab=details` : '';
  return locale.console('health', home, `#/account/event-log${event}`);
}
