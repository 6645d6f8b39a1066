import type { Conversation } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import type { MessageContext } from './context';
import { UserInputError } from './errors';
import type { SupportCase, SupportClient } from './support-client';
import { halfWidth } from './text';

/** A case, and the account that it is in. */
export interface FoundCase {
  /** The account's id. */
  account: string;
  supportClient: SupportClient;
  supportCase: SupportCase;
}

/** A case number (at least nine digits in Support Center) or a case id, also after `case_id:`. */
const ID = /^(?:case_?id\s*[:=]\s*|#)?(case-[\w-]+|\d{8,20})(?![\w-])[\s,:;，。]*/i;

/** The case number or id at the beginning of a text, and the text after it. */
export function parseCaseId(text: string): { id?: string; rest: string } {
  const match = ID.exec(halfWidth(text));
  return match?.[1] ? { id: match[1].toLowerCase(), rest: text.slice(match[0].length).trim() } : { rest: text.trim() };
}

/** Searches the bot's accounts, starting with the account of the record. Throws UserInputError where no account has the case. */
export async function findCase(id: string, { accounts, store }: MessageContext): Promise<FoundCase> {
  const by = id.startsWith('case-') ? { caseId: id } : { displayId: id };
  const record = 'displayId' in by ? await store.getRecordByDisplayId(id) : undefined;
  const ids = accounts.all.map((account) => account.id);
  const known = ids.filter((account) => account === record?.account);
  let failure: unknown;
  for (const account of new Set([...known, ...ids])) {
    const supportClient = accounts.supportClient(account);
    const supportCase = await supportClient.findCase(by).catch((error) => {
      failure = error;
    });
    if (supportCase) return { account, supportClient, supportCase };
  }
  if (failure) throw failure;
  throw new UserInputError({
    en: `There is no case ${id} in the accounts of this bot.`,
    'zh-CN': `在这个机器人的账号中没有工单 ${id}，请核对编号。`,
  });
}

/** The case with that id; without an id, the case of the conversation. @param example what to type, with an id */
export async function findReferencedCase(
  id: string | undefined,
  conversation: Conversation,
  ctx: MessageContext,
  example: LocalizedText = EXAMPLE,
): Promise<FoundCase> {
  if (id) return findCase(id, ctx);
  const ref = await ctx.store.getCaseInConversation(ctx.bot.name, conversation);
  if (!ref) throw new UserInputError(which(example));
  const supportClient = ctx.accounts.supportClient(ref.account);
  const supportCase = await supportClient.findCase({ caseId: ref.caseId });
  if (!supportCase) throw new UserInputError(notFound(ref.displayId));
  return { account: ref.account, supportClient, supportCase };
}

const EXAMPLE: LocalizedText = { en: 'case 1234567890', 'zh-CN': '工单 1234567890' };
const which = (example: LocalizedText): LocalizedText => ({
  en: `Enter the case number, e.g. \`${example.en}\`; \`cases\` lists the numbers.`,
  'zh-CN': `请写明工单号，例如“${example['zh-CN']}”；发送“历史”可以查到工单号。`,
});
const notFound = (displayId: string): LocalizedText => ({
  en: `AWS no longer has case ${displayId}.`,
  'zh-CN': `AWS 已没有工单 ${displayId} 的记录。`,
});
