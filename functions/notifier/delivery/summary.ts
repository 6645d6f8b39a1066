import type { Assistant } from '@casebell/ai';
import { type Card, type Fact, toPlainText } from '@casebell/im/webhooks';
import type { AwsEvent, Locale, LocalizedText } from '../../../plugins/formatter';
import { asObject, fieldText } from '../ingest/json';

/** A card that a model sums up. */
export interface SummaryRequest {
  task: 'event' | 'digest';
  /** The same id at the same time is asked for once. */
  id: string;
  card: Card;
  /** Dates that the summary must name. */
  deadlines?: readonly string[];
}

/** The summary of a card; undefined where there is none to show. Never rejects. @param until ms since 1970 */
export type Summarize = (request: SummaryRequest, until: number) => Promise<Fact | undefined>;

/** A whole card, in UTF-8: shorter ones in the reader's language are read faster than their summary. */
const MIN_BYTES = 600;
/** So that readers do not take a model's words for those of AWS. */
const LABEL: LocalizedText = { en: 'AI summary', 'zh-CN': 'AI 摘要' };

export function createSummarize(assistant: Assistant, { language, t }: Locale): Summarize {
  const pending = new Map<string, Promise<string | undefined>>();

  const isWorthIt = ({ quote = '', summary }: Card, text: string): boolean => {
    if (summary || !/\p{L}/u.test(quote)) return false;
    return !assistant.isInLanguage(language, quote) || Buffer.byteLength(text) > MIN_BYTES;
  };

  return async ({ task, id, card, deadlines }, until) => {
    const text = textShown(card);
    if (task === 'event' && !isWorthIt(card, text)) return undefined;
    const ask = () => assistant.ask({ task, source: { text, language, deadlines } }, until);
    const answer = pending.get(id) ?? ask().finally(() => pending.delete(id));
    pending.set(id, answer);
    const value = await answer;
    return value ? { label: t(LABEL), value } : undefined;
  };
}

/** Links lead to consoles and say nothing; the people that a card mentions are no business of the model. */
const textShown = ({ links: _, mentions: __, buttons: ___, form: ____, ...card }: Card): string => toPlainText(card);

/** A start at midnight UTC is a day. */
const MIDNIGHT = / 00:00:00 GMT$/;

/** When a scheduled change begins: until then something may be done about it (AWS Health User Guide, "startTime"). */
export function deadlinesOf({ detail }: AwsEvent, locale: Locale): string[] {
  const found = asObject(detail);
  const start = fieldText(found, 'startTime');
  const isAhead =
    fieldText(found, 'eventTypeCategory') === 'scheduledChange' && fieldText(found, 'statusCode') !== 'closed';
  if (!isAhead || !start) return [];
  return [MIDNIGHT.test(start) ? start.replace(MIDNIGHT, '') : locale.time(start)];
}
