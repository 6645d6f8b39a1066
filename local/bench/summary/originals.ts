import { readFileSync } from 'node:fs';
import type { Original } from '@casebell/im/webhooks';
import type { Chosen } from '../../../functions/notifier/formatters';
import { format } from '../../../functions/notifier/formatters';
import { entryOf } from '../../../functions/notifier/identity';
import { subjectOf } from '../../../functions/notifier/summary/subject';
import { unwrap } from '../../../functions/notifier/unwrap';
import { testLocale } from '../../../functions/shared/locale.fixture';
import type { Log } from '../../../functions/shared/log';
import type { Language } from '../../../plugins/formatter';

/** What the notifier would show a model of a sample event. Throws for one that makes no card. */
export function originalOf(event: string, language: Language, formatters: readonly Chosen[], log: Log): Original {
  const [found] = unwrap(readFileSync(`events/${event}.json`, 'utf8'));
  const locale = testLocale(language);
  const made = found && format(found, formatters, locale, log);
  if (!made) throw new Error(`events/${event}.json makes no card.`);
  const tools = { formatters, locale, log, accountNames: new Map<string, string>() };
  return subjectOf(found, entryOf(found, made, tools, 0), locale).original;
}
