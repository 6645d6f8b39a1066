import type { ChatApp, User } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import type { Command, CommandArgument } from './command';
import type { MessageContext } from './context';
import { UserInputError } from './errors';
import { halfWidth, sanitize } from './text';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** No platform's user ids have other signs: a name is none, and would be on the list for nobody. */
const ID = /^[\w.@:+$-]+$/;
const MOBILE = /^\+?\d[\d-]{6,18}$/;

/** Throws Misunderstanding when this person may not do this: checked for whatever was said, however it was said. */
export async function authorize(
  person: User,
  { adminOnly }: Pick<Command, 'adminOnly'>,
  ctx: MessageContext,
): Promise<void> {
  const { isAllowListOn, people } = await ctx.store.getRights(ctx.bot.name);
  const role = people.get(person.id)?.role;
  if (role === 'admin' || (!adminOnly && (!isAllowListOn || role))) return;
  if ((adminOnly || isAllowListOn) && (await isNamed(person, ctx))) return;
  throw new UserInputError(adminOnly ? forAdmins(person, ctx) : forListed(person));
}

/** Whether the stack's parameters name this person; e-mail addresses and mobile numbers are looked up. */
async function isNamed({ id }: User, { bot, app, log }: MessageContext): Promise<boolean> {
  if (bot.admins.includes(id)) return true;
  for (const handle of bot.admins.map(handleOf)) {
    const found =
      handle &&
      (await app.findUser?.(handle).catch((error) => log.warn('user.lookup_failed', { reason: String(error) })));
    if (found && found.id === id) return true;
  }
  return false;
}

function handleOf(text: string): { email: string } | { mobile: string } | undefined {
  if (EMAIL.test(text)) return { email: text };
  return MOBILE.test(text) ? { mobile: text } : undefined;
}

/** The people that a command speaks of: called in it, or by e-mail address, mobile number or user id. Throws Misunderstanding for nobody. */
export async function findPeople({ text, mentions }: CommandArgument, app: ChatApp): Promise<User[]> {
  if (mentions.length > 0) return [...mentions];
  const words = halfWidth(text)
    .split(/[\s,;、]+/)
    .map((word) => word.replace(/^@/, ''))
    .filter(Boolean);
  if (words.length === 0) throw new UserInputError(WHO);
  return Promise.all(words.map((word) => lookUp(word, app)));
}

/** A number of eleven digits may be a user id on DingTalk: it is one where nobody has it as a mobile number. */
async function lookUp(word: string, app: ChatApp): Promise<User> {
  const handle = handleOf(word);
  const found = handle && (await app.findUser?.(handle));
  if (found) return found;
  if ((handle && 'email' in handle) || !ID.test(word)) throw new UserInputError(nobody(word));
  return { id: word };
}

/** What to type for a person. */
export const PERSON_USAGE: LocalizedText = {
  en: '@PERSON | USER-ID | E-MAIL | MOBILE',
  'zh-CN': '@某人 | 用户ID | 邮箱 | 手机号',
};

export const formatNames = (people: readonly User[]): string => people.map(({ id, name }) => name ?? id).join(', ');

const forListed = ({ id }: User): LocalizedText => ({
  en: `You are not on the allow-list of this bot. Ask an administrator to add you: \`allow ${id}\`.`,
  'zh-CN': `您不在这个机器人的白名单中，请联系管理员添加您：\`添加白名单 ${id}\`。`,
});
const forAdmins = ({ id }: User, { bot }: MessageContext): LocalizedText =>
  bot.admins.length > 0
    ? { en: 'Only an administrator of this bot may do this.', 'zh-CN': '只有管理员可以执行这个命令。' }
    : {
        en: `This bot has no administrator yet: enter your user id ${id} as CaseBotAdmins in the stack's parameters.`,
        'zh-CN': `这个机器人还没有管理员：请在堆栈参数 CaseBotAdmins 中填入您的用户 ID ${id}。`,
      };
const WHO: LocalizedText = {
  en: 'Who? Mention the person, or give a user id, e-mail address or mobile number.',
  'zh-CN': '请写明是谁：@某人，或填写用户 ID、邮箱、手机号。',
};
const nobody = (word: string): LocalizedText => ({
  en: `I find nobody by "${sanitize(word)}": mention the person, or give a user id, e-mail address or mobile number.`,
  'zh-CN': `找不到“${sanitize(word)}”：请 @该用户，或填写用户 ID、邮箱、手机号。`,
});
