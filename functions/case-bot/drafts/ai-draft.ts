import type { OutputLanguage } from '@casebell/ai';
import type { Account } from '../../shared/accounts';
import type { MessageContext } from '../domain/context';
import type { DraftValues } from '../domain/draft';
import { ISSUE_TYPES } from '../domain/labels';
import type { SupportOption, SupportService } from '../domain/support-client';
import { halfWidth, toSearchKey } from '../domain/text';
import { searchTerms } from './catalog';
import { type DraftParts, draftBody } from './draft-body';
import { severityOf } from './severity';
import { loadSupportOptions } from './support-options';

/** The lines of an answer: codes, which are looked up in a list, and prose, which is verified against the person's words. */
const CODES = ['service', 'category', 'severity', 'type'] as const;
const PROSE = ['subject', 'time', 'resources', 'region', 'symptoms', 'impact'] as const;
const NAMES = [...CODES, ...PROSE];
type Answer = Partial<Record<(typeof NAMES)[number], string>> & DraftParts;

/** UTF-8, of all prose. */
const MAX_PROSE_BYTES = 3_000;
/** A model chooses well among some dozens, and each costs tokens. */
const MAX_SERVICES = 30;
const MAX_CATEGORIES = 25;

/**
 * A case drafted by a model from a person's words, for the person to check. Codes are those that AWS offers right now; what the model does
 * not know is left to the person. Undefined where the model has nothing to show: then the form asks.
 */
export async function draftCase(text: string, ctx: MessageContext): Promise<DraftValues | undefined> {
  const { accounts, assistant, bot } = ctx;
  if (!assistant) return undefined;
  const account = accountIn(text, accounts.all);
  const supportClient = accounts.supportClient((account ?? accounts.all[0])?.id ?? '');
  const options = await loadSupportOptions(supportClient, ctx);
  const services = shortlist(text, options.services);
  const language: OutputLanguage = !supportClient.canChooseLanguage || bot.caseLanguage === 'zh' ? 'zh-CN' : 'en';
  const answer = await assistant.ask({
    task: 'draft',
    source: { text, language, isFromPerson: true, maxBytes: MAX_PROSE_BYTES },
    choices: choicesOf(services, options.severities, language),
    proseOf,
  });
  if (!answer) return undefined;
  const parsed = parseAnswer(answer);
  const service = services.find(({ code }) => code === parsed.service);
  const proposed = {
    account: account?.name,
    subject: parsed.subject,
    body: draftBody(parsed, text, language),
    serviceCode: service?.code,
    categoryCode: service?.categories.find(({ code }) => code === parsed.category)?.code,
    severityCode: severityOf(parsed.severity, text, options.severities),
    issueType: ISSUE_TYPES.find((type) => type === parsed.type),
  };
  return Object.fromEntries(Object.entries(proposed).filter(([, value]) => value !== undefined));
}

/** The account that the text names, if it names exactly one. */
function accountIn(text: string, all: readonly Account[]): Account | undefined {
  const named = all.filter(({ id, name }) => text.includes(name) || text.includes(id));
  return named.length === 1 ? named[0] : undefined;
}

/** How models write that they do not know. */
const UNKNOWN =
  /^(?:[-–—.。]*|n\/?a|none|unknown|not (?:mentioned|provided|specified|stated|given)(?: in [\w ]{1,40})?|(?:资料|文中|原文)?中?(?:无|未知|未提及|未提供|未说明|未提到|没有(?:提到|提及|说明)))[.。]?$/i;
/** `subject:`, and as models decorate it: `- **subject:**`, `1. **subject**:`. */
const FIELD = /^\s*(?:[-*•]\s|\d{1,2}[.)]\s)?\s*\*{0,2}([a-z]+)\*{0,2}\s*:\s*(?:\*\*\s*)?/i;
/** `aws-lambda` of `aws-lambda (Lambda)`. */
const CODE = /^[^\s(（]*/;

/** Reads `name: value` lines; a line without a known name continues the value above it. */
function parseAnswer(words: string): Answer {
  const answer: Answer = {};
  let current: keyof Answer | undefined;
  for (const line of words.split('\n')) {
    const [whole = '', name = ''] = FIELD.exec(halfWidth(line)) ?? [];
    const known = NAMES.find((one) => one === name.toLowerCase());
    current = known ?? current;
    if (!current) continue;
    const value = known ? line.slice(whole.length) : line;
    answer[current] = [answer[current], value.trim()].filter(Boolean).join('\n');
  }
  for (const name of CODES) if (answer[name]) answer[name] = CODE.exec(answer[name])?.[0];
  return Object.fromEntries(Object.entries(answer).filter(([, value]) => !UNKNOWN.test(value.trim())));
}

function proseOf(words: string): string | undefined {
  const answer = parseAnswer(words);
  return answer.subject && PROSE.flatMap((name) => answer[name] ?? []).join('\n');
}

/** The services that a text may be about: first those it names, rare names before common ones, then those of most cases. */
function shortlist(text: string, services: readonly SupportService[]): SupportService[] {
  const known = services.map((service) => ({ service, words: [...new Set(searchTerms(service))] }));
  const frequency = new Map<string, number>();
  for (const word of known.flatMap(({ words }) => words)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const lowerCase = toSearchKey(text);
  const tokens = new Set(lowerCase.split(/[^a-z0-9]+/));
  const occurs = (word: string): boolean => (/^[a-z0-9]+$/.test(word) ? tokens.has(word) : lowerCase.includes(word));
  const weight = (words: readonly string[]): number =>
    words
      .filter((word) => word.length > 1 && occurs(word))
      .reduce((sum, word) => sum + 1 / (frequency.get(word) ?? 1), 0);
  return known
    .map(({ service, words }) => ({ service, weight: weight(words) }))
    .sort((one, other) => other.weight - one.weight)
    .slice(0, MAX_SERVICES)
    .map(({ service }) => service);
}

const HEADINGS: Readonly<Record<OutputLanguage, { severities: string; services: string }>> = {
  'zh-CN': { severities: '级别列表', services: '服务列表' },
  en: { severities: 'Severities', services: 'Services' },
};

/** What the model may choose: severities, and services with their categories, one per line. */
function choicesOf(
  services: readonly SupportService[],
  severities: readonly SupportOption[],
  language: OutputLanguage,
): string {
  const headings = HEADINGS[language];
  const codesOf = (choices: readonly SupportOption[]): string => choices.map(({ code }) => code).join(', ');
  const lines = services.map(
    ({ code, name, categories }) => `${code} (${name}): ${codesOf(categories.slice(0, MAX_CATEGORIES))}`,
  );
  return `${headings.severities}: ${codesOf(severities)}\n\n${headings.services}:\n${lines.join('\n')}`;
}
