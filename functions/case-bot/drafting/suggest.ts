import type { OutputLanguage } from '@casebell/im/bots';
import type { Account } from '../../shared/accounts';
import type { MessageContext } from '../domain/context';
import type { DraftValues } from '../domain/draft';
import { ISSUE_TYPES } from '../domain/labels';
import { loadSupportOptions } from '../drafts/support-options';
import { judgeOf, readAnswer } from './answer';
import { bodyOf } from './body';
import { severityOf } from './severity';
import { shortlist } from './shortlist';
import { TASKS, taskWith } from './task';

/**
 * What a model makes of somebody's words: a case, to be looked through by the person. Codes are those that AWS offers right now; what the
 * model does not know is left to the person. Undefined where it has nothing to show: then the form asks.
 */
export async function suggest(text: string, office: MessageContext): Promise<DraftValues | undefined> {
  const { accounts, advisor, bot } = office;
  if (!advisor) return undefined;
  const account = accountIn(text, accounts.all);
  const desk = accounts.supportClient((account ?? accounts.all[0])?.id ?? '');
  const offers = await loadSupportOptions(desk, office);
  const services = shortlist(text, offers.services);
  const language: OutputLanguage = !desk.canChooseLanguage || bot.caseLanguage === 'zh' ? 'zh-CN' : 'en';
  const words = await advisor.advise({
    kind: 'draft',
    task: taskWith(services, offers.severities, language),
    original: { text, language, isLetter: true },
    judge: judgeOf(TASKS[language]),
  });
  if (!words) return undefined;
  const answer = readAnswer(words);
  const service = services.find(({ code }) => code === answer.service);
  const proposed = {
    account: account?.name,
    subject: answer.subject,
    body: bodyOf(answer, text, language),
    serviceCode: service?.code,
    categoryCode: service?.categories.find(({ code }) => code === answer.category)?.code,
    severityCode: severityOf(answer.severity, text, offers.severities),
    issueType: ISSUE_TYPES.find((type) => type === answer.type),
  };
  return Object.fromEntries(Object.entries(proposed).filter(([, value]) => value !== undefined));
}

/** The account that is named, if it is one alone. */
function accountIn(text: string, all: readonly Account[]): Account | undefined {
  const named = all.filter(({ id, name }) => text.includes(name) || text.includes(id));
  return named.length === 1 ? named[0] : undefined;
}
