import type { Conversation } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import type { CaseRef } from './case-store';
import type { MessageContext } from './context';
import { UserInputError } from './errors';
import type { SupportCase, SupportClient } from './support-client';
import { halfWidth } from './text';

/** A case that the bot may touch, and the account it is in. */
export interface FoundCase {
  /** Its id. */
  account: string;
  supportClient: SupportClient;
  supportCase: SupportCase;
}

/** A number of Support Center (nine digits and more), or a case id; `case_id:` in front is forgiven. */
const ID = /^(?:case_?id\s*[:=]\s*|#)?(case-[\w-]+|\d{8,20})(?![\w-])[\s,:;，。]*/i;

/** The id that a text begins with, and what follows it. */
export function parseCaseId(text: string): { id?: string; rest: string } {
  const match = ID.exec(halfWidth(text));
  return match?.[1] ? { id: match[1].toLowerCase(), rest: text.slice(match[0].length).trim() } : { rest: text.trim() };
}

/** Looks through the bot's accounts, the one that we know of first. Throws Misunderstanding when none has it. */
export async function findCase(id: string, ctx: MessageContext): Promise<FoundCase> {
  const { accounts, store } = ctx;
  const by = id.startsWith('case-') ? { caseId: id } : { displayId: id };
  const record = 'displayId' in by ? await store.getRecordByDisplayId(id) : undefined;
  const ids = accounts.all.map((account) => account.id);
  const known = ids.filter((account) => account === record?.account);
  let trouble: unknown;
  for (const account of new Set([...known, ...ids])) {
    const supportClient = accounts.supportClient(account);
    const supportCase = await supportClient.findCase(by).catch((error) => {
      trouble = error;
    });
    if (supportCase) return { account, supportClient, supportCase };
  }
  if (trouble) throw trouble;
  throw new UserInputError({
    en: `There is no case ${id} in the accounts of this bot.`,
    'zh-CN': `在这个机器人的账号中没有工单 ${id}，请核对编号。`,
  });
}

/** The case of an id, or, where none is given, the one that this conversation is the place of. @param example how to say it with an id */
export async function findReferencedCase(
  id: string | undefined,
  conversation: Conversation,
  ctx: MessageContext,
  example: LocalizedText = EXAMPLE,
): Promise<FoundCase> {
  if (id) return findCase(id, ctx);
  const housed = await ctx.store.getCaseInConversation(ctx.bot.name, conversation);
  if (housed) return findHoused(housed, ctx);
  throw new UserInputError(which(example));
}

async function findHoused({ account, caseId, displayId }: CaseRef, { accounts }: MessageContext): Promise<FoundCase> {
  const supportClient = accounts.supportClient(account);
  const supportCase = await supportClient.findCase({ caseId });
  if (supportCase) return { account, supportClient, supportCase };
  throw new UserInputError({
    en: `AWS does not have case ${displayId} any more.`,
    'zh-CN': `AWS 已没有工单 ${displayId} 的记录。`,
  });
}

const EXAMPLE: LocalizedText = { en: 'case 1234567890', 'zh-CN': '工单 1234567890' };
const which = (example: LocalizedText): LocalizedText => ({
  en: `Which case? Say its number, e.g. \`${example.en}\`; \`cases\` lists the numbers.`,
  'zh-CN': `请写明工单号，例如“${example['zh-CN']}”；发送“历史”可以查到工单号。`,
});
