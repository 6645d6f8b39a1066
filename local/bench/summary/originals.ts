import { readFileSync } from 'node:fs';
import type { Original } from '@casebell/im/webhooks';
import { createEntry } from '../../../functions/notifier/format/dedup-key';
import { type CompiledFormatter, formatEvent } from '../../../functions/notifier/format/formatters';
import { unwrapEvents } from '../../../functions/notifier/ingest/unwrap';
import { subjectOf } from '../../../functions/notifier/summary/subject';
import { testLocale } from '../../../functions/shared/locale.fixture';
import type { Log } from '../../../functions/shared/log';
import type { Language } from '../../../plugins/formatter';

/** What the notifier would show a model of a sample event. Throws for one that makes no card. */
export function originalOf(
  event: string,
  language: Language,
  formatters: readonly CompiledFormatter[],
  log: Log,
): Original {
  const [found] = unwrapEvents(readFileSync(`events/${event}.json`, 'utf8'));
  const locale = testLocale(language);
  const made = found && formatEvent(found, formatters, locale, log);
  if (!made) throw new Error(`events/${event}.json makes no card.`);
  const tools = { formatters, locale, log, accountNames: new Map<string, string>() };
  return subjectOf(found, createEntry(found, made, tools, 0), locale).original;
}
