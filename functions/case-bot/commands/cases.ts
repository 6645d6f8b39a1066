import type { Card, Fact } from '@casebell/im/bots';
import type { Locale, LocalizedText } from '../../shared/locale';
import { formatStatus, isResolved } from '../domain/case-card';
import { COMMAND_NAMES, type Command, commandText } from '../domain/command';
import type { MessageContext } from '../domain/context';
import { messageFor } from '../domain/errors';
import type { SupportCase } from '../domain/support-client';
import { halfWidth, sanitize } from '../domain/text';

const CASES_PER_PAGE = 10;
const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
/** AWS keeps cases for 24 months (DescribeCases). */
const MAX_DAYS = 730;
const PAGE = /(?:^|\s+)(?:p|第)(\d{1,3})页?$/i;

interface CaseQuery {
  days: number;
  openOnly: boolean;
  text: string;
  page: number;
}

/** The cases of the bot's accounts, wherever they were opened, newest first. */
export const cases: Command = {
  names: COMMAND_NAMES.cases,
  usage: { en: '[DAYS | open | WORDS]', 'zh-CN': '[天数 | 未解决 | 关键字]' },
  about: { en: 'list cases, newest first', 'zh-CN': '列出工单，最新的在前' },
  async run({ text }, _message, ctx) {
    const typed = halfWidth(text).trim();
    const query = parseQuery(typed);
    const { found, failures } = await search(query, ctx);
    return listCard(found, failures, { ...query, typed: typed.replace(PAGE, '') }, ctx);
  },
};

function parseQuery(typed: string): CaseQuery {
  const page = Number(PAGE.exec(typed)?.[1]) || 1;
  const words = typed.replace(PAGE, '').trim();
  const days = /^(\d{1,4})(?:天|d|days?)?$/i.exec(words)?.[1];
  const query = { days: MAX_DAYS, openOnly: false, text: '', page };
  if (!words) return { ...query, days: DEFAULT_DAYS };
  if (days) return { ...query, days: Math.min(MAX_DAYS, Math.max(1, Number(days))) };
  if (/^(open|未解决|未关闭|打开)(\s|$)/i.test(words)) return { ...query, openOnly: true };
  return { ...query, text: words.split(/\s+/).join(' ').toLowerCase() };
}

interface ListedCase extends SupportCase {
  /** The account's name. */
  account: string;
}

/** An account that fails is noted on the card; the others are listed. */
async function search(query: CaseQuery, { accounts, locale, now }: MessageContext) {
  const after = now() - query.days * DAY_MS;
  const errors: unknown[] = [];
  const failures: Fact[] = [];
  const lists = await Promise.all(
    accounts.all.map(async ({ id, name: account }): Promise<ListedCase[]> => {
      try {
        const listed = await accounts.supportClient(id).listCases(after);
        return listed.map((supportCase) => ({ ...supportCase, account }));
      } catch (error) {
        errors.push(error);
        failures.push({ label: account, value: locale.t(messageFor(error)) });
        return [];
      }
    }),
  );
  if (errors.length > 0 && errors.length === accounts.all.length) throw errors[0];
  const found = lists.flat().filter((listed) => matches(listed, query));
  return { found: found.sort((one, other) => other.time.localeCompare(one.time)), failures };
}

const matches = (listed: ListedCase, { openOnly, text }: CaseQuery): boolean =>
  (!openOnly || !isResolved(listed)) &&
  (!text || `${listed.displayId} ${listed.subject} ${listed.serviceCode}`.toLowerCase().includes(text));

function listCard(
  found: readonly ListedCase[],
  failures: readonly Fact[],
  query: CaseQuery & { typed: string },
  { locale, accounts }: MessageContext,
): Card {
  const pages = Math.max(1, Math.ceil(found.length / CASES_PER_PAGE));
  const page = Math.min(query.page, pages);
  const shown = found.slice((page - 1) * CASES_PER_PAGE, page * CASES_PER_PAGE);
  const next = commandText('cases', locale, ...[query.typed, `p${page + 1}`].filter(Boolean));
  const hasAccounts = accounts.all.length > 1;
  return {
    title: locale.t(titleOf(found.length, page, pages)),
    severity: 'info',
    text: locale.t(shown.length === 0 ? noCases(query) : HOW_TO_READ),
    facts: [
      ...shown.map((listed) => ({ label: listed.displayId, value: lineOf(listed, hasAccounts, locale) })),
      ...failures,
    ],
    ...(page < pages && { buttons: [{ label: locale.t(NEXT_PAGE), command: next }] }),
  };
}

function lineOf({ status, time, subject, account }: ListedCase, hasAccounts: boolean, locale: Locale): string {
  const parts = [formatStatus(status, locale), locale.time(time).slice(0, 16), ...(hasAccounts ? [account] : [])];
  return [...parts, subject].join(' · ');
}

const titleOf = (count: number, page: number, pages: number): LocalizedText => ({
  en: `${count} ${count === 1 ? 'case' : 'cases'}${pages > 1 ? `, page ${page} of ${pages}` : ''}`,
  'zh-CN': `共 ${count} 个工单${pages > 1 ? `，第 ${page}/${pages} 页` : ''}`,
});
function noCases({ days, openOnly, text }: CaseQuery): LocalizedText {
  if (text) return { en: `No case found for "${sanitize(text)}".`, 'zh-CN': `没有符合“${sanitize(text)}”的工单。` };
  if (openOnly) return { en: 'No case is open.', 'zh-CN': '没有未解决的工单。' };
  return {
    en: `No case in the last ${days} days. \`cases 365\` lists a year.`,
    'zh-CN': `最近 ${days} 天没有工单。发送“历史 365”可查一年。`,
  };
}
const HOW_TO_READ: LocalizedText = {
  en: 'To read a case: `case NUMBER`.',
  'zh-CN': '查看其中一个：`工单 工单号`。',
};
const NEXT_PAGE: LocalizedText = { en: 'Next page', 'zh-CN': '下一页' };
