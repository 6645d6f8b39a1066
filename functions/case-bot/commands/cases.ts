import type { Card } from '@casebell/im/bots';
import type { Locale, LocalizedText } from '../../shared/locale';
import { formatStatus, isResolved } from '../domain/case-card';
import { COMMAND_NAMES, type Command, commandText } from '../domain/command';
import type { MessageContext } from '../domain/context';
import { messageFor } from '../domain/errors';
import type { SupportCase } from '../domain/support-client';
import { halfWidth, sanitize } from '../domain/text';

const PAGE = 10;
const DAY = 86_400_000;
const USUAL_DAYS = 30;
/** Cases are kept for 24 months (DescribeCases). */
const MOST_DAYS = 730;

interface Wanted {
  days: number;
  openOnly: boolean;
  text: string;
  page: number;
}

/** The cases of this bot's accounts, whoever opened them, newest first. */
export const cases: Command = {
  names: COMMAND_NAMES.cases,
  usage: { en: '[DAYS | open | WORDS]', 'zh-CN': '[天数 | 未解决 | 关键字]' },
  about: { en: 'list cases, newest first', 'zh-CN': '列出工单，最新的在前' },
  async run({ text }, _message, ctx) {
    const wanted = read(text);
    const { found, failed } = await collect(wanted, ctx);
    return listCard(found, failed, wanted, text, ctx);
  },
};

function read(text: string): Wanted {
  const words = halfWidth(text).trim().split(/\s+/).filter(Boolean);
  const last = words.at(-1) ?? '';
  const page = Number(/^(?:p|第)(\d{1,3})页?$/i.exec(last)?.[1]) || 1;
  const [first = '', ...others] = page > 1 || /^(?:p|第)1页?$/i.test(last) ? words.slice(0, -1) : words;
  const days = /^(\d{1,4})(?:天|d|days?)?$/i.exec(first)?.[1];
  const usual = { days: USUAL_DAYS, openOnly: false, text: '', page };
  if (first === '') return usual;
  if (days && others.length === 0) return { ...usual, days: Math.min(MOST_DAYS, Math.max(1, Number(days))) };
  if (/^(open|未解决|未关闭|打开)$/i.test(first)) return { ...usual, days: MOST_DAYS, openOnly: true };
  return { ...usual, days: MOST_DAYS, text: [first, ...others].join(' ').toLowerCase() };
}

interface Listed extends SupportCase {
  /** Its name. */
  account: string;
}

/** An account that cannot be asked does not keep the others from answering. */
async function collect(wanted: Wanted, { accounts, now }: MessageContext) {
  const after = now() - wanted.days * DAY;
  const results = await Promise.allSettled(
    accounts.all.map(async ({ id, name }) =>
      (await accounts.supportClient(id).listCases(after)).map((one) => ({ ...one, account: name })),
    ),
  );
  const all = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const failed = results.flatMap((result, index) =>
    result.status === 'rejected'
      ? [{ account: accounts.all[index]?.name ?? '', reason: result.reason as unknown }]
      : [],
  );
  if (failed[0] && failed.length === accounts.all.length) throw failed[0].reason;
  const found = all.filter((one) => fits(one, wanted)).sort((one, other) => other.time.localeCompare(one.time));
  return { found, failed };
}

const fits = (one: SupportCase, { openOnly, text }: Wanted): boolean =>
  (!openOnly || !isResolved(one)) &&
  (!text || `${one.displayId} ${one.subject} ${one.serviceCode}`.toLowerCase().includes(text));

function listCard(
  found: Listed[],
  failed: { account: string; reason: unknown }[],
  wanted: Wanted,
  asked: string,
  { locale, accounts }: MessageContext,
): Card {
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  const page = Math.min(wanted.page, pages);
  const shown = found.slice((page - 1) * PAGE, page * PAGE);
  const next = commandText(
    COMMAND_NAMES.cases,
    locale.language,
    ...[asked.replace(/\s*(?:p|第)\d+页?$/i, ''), `p${page + 1}`].filter(Boolean),
  );
  const notes = failed.map(({ account, reason }) => ({ label: account, value: locale.t(messageFor(reason)) }));
  return {
    title: locale.t(titleOf(found.length, page, pages)),
    severity: 'info',
    text: locale.t(shown.length === 0 ? none(wanted) : HOW_ON),
    facts: [
      ...shown.map((one) => ({ label: one.displayId, value: lineOf(one, accounts.all.length > 1, locale) })),
      ...notes,
    ],
    ...(page < pages && { buttons: [{ label: locale.t(NEXT), command: next }] }),
  };
}

function lineOf({ status, time, subject, account }: Listed, withAccount: boolean, locale: Locale): string {
  return [
    formatStatus(status, locale),
    locale.time(time).slice(0, 16),
    ...(withAccount ? [account] : []),
    subject,
  ].join(' · ');
}

const titleOf = (count: number, page: number, pages: number): LocalizedText => ({
  en: `${count} ${count === 1 ? 'case' : 'cases'}${pages > 1 ? `, page ${page} of ${pages}` : ''}`,
  'zh-CN': `共 ${count} 个工单${pages > 1 ? `，第 ${page}/${pages} 页` : ''}`,
});
function none({ days, openOnly, text }: Wanted): LocalizedText {
  if (text) return { en: `No case fits "${sanitize(text)}".`, 'zh-CN': `没有符合“${sanitize(text)}”的工单。` };
  if (openOnly) return { en: 'No case is open.', 'zh-CN': '没有未解决的工单。' };
  return {
    en: `No case in the last ${days} days. \`cases 365\` looks at a year.`,
    'zh-CN': `最近 ${days} 天没有工单。发送“历史 365”可查一年。`,
  };
}
const HOW_ON: LocalizedText = {
  en: 'To read one: `case NUMBER`.',
  'zh-CN': '查看其中一个：`工单 工单号`。',
};
const NEXT: LocalizedText = { en: 'Next page', 'zh-CN': '下一页' };
