import type { ChatApp, User } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import type { Command, CommandArgument } from './command';
import type { MessageContext } from './context';
import { UserInputError } from './errors';
import { halfWidth, sanitize } from './text';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** The characters of user ids on all platforms. A person's name is no id: an entry for it would match no user. */
const USER_ID = /^[\w.@:+$-]+$/;
const MOBILE = /^\+?\d[\d-]{6,18}$/;

/** Throws UserInputError where this person may not use the command. */
export async function authorize(
  person: User,
  { adminOnly }: Pick<Command, 'adminOnly'>,
  ctx: MessageContext,
): Promise<void> {
  const { isAllowListOn, people } = await ctx.store.getRights(ctx.bot.name);
  const role = people.get(person.id)?.role;
  if (role === 'admin' || (!adminOnly && (!isAllowListOn || role))) return;
  if (await isConfiguredAdmin(person, ctx)) return;
  throw new UserInputError(adminOnly ? adminsOnly(person, ctx) : notOnAllowList(person));
}

/** The stack's parameters contain this person: as user id, e-mail address or mobile number. */
async function isConfiguredAdmin({ id }: User, { bot, app, log }: MessageContext): Promise<boolean> {
  if (bot.admins.includes(id)) return true;
  for (const handle of bot.admins.flatMap((admin) => parseHandle(admin) ?? [])) {
    const user = await app
      .findUser?.(handle)
      .catch((error) => log.warn('user.lookup_failed', { reason: String(error) }));
    if (user?.id === id) return true;
  }
  return false;
}

function parseHandle(text: string): { email: string } | { mobile: string } | undefined {
  if (EMAIL.test(text)) return { email: text };
  return MOBILE.test(text) ? { mobile: text } : undefined;
}

/** The people in a command: mentioned, or given by e-mail address, mobile number or user id. Throws UserInputError for an unknown person. */
export async function findPeople({ text, mentions }: CommandArgument, app: ChatApp): Promise<User[]> {
  if (mentions.length > 0) return [...mentions];
  const words = halfWidth(text)
    .split(/[\s,;、]+/)
    .map((word) => word.replace(/^@/, ''))
    .filter(Boolean);
  if (words.length === 0) throw new UserInputError(PERSON_MISSING);
  return Promise.all(words.map((word) => findPerson(word, app)));
}

/** Eleven digits may be a user id on DingTalk, so a mobile number that no user has is read as an id. */
async function findPerson(word: string, app: ChatApp): Promise<User> {
  const handle = parseHandle(word);
  const user = handle && (await app.findUser?.(handle));
  if (user) return user;
  if ((handle && 'email' in handle) || !USER_ID.test(word)) throw new UserInputError(noUser(word));
  return { id: word };
}

/** The usage text of commands that take people. */
export const PERSON_USAGE: LocalizedText = {
  en: '@PERSON | USER-ID | E-MAIL | MOBILE',
  'zh-CN': '@某人 | 用户ID | 邮箱 | 手机号',
};

export const formatNames = (people: readonly User[]): string => people.map(({ id, name }) => name ?? id).join(', ');

const notOnAllowList = ({ id }: User): LocalizedText => ({
  en: `You are not on the allow list of this bot. Ask an administrator to add you: \`allow ${id}\`.`,
  'zh-CN': `您不在这个机器人的白名单中，请联系管理员添加您：\`添加白名单 ${id}\`。`,
});
const adminsOnly = ({ id }: User, { bot }: MessageContext): LocalizedText =>
  bot.admins.length > 0
    ? { en: 'Only an administrator of this bot may do this.', 'zh-CN': '只有管理员可以执行这个命令。' }
    : {
        en: `This bot has no administrator yet: enter your user id ${id} as CaseBotAdmins in the stack's parameters.`,
        'zh-CN': `这个机器人还没有管理员：请在堆栈参数 CaseBotAdmins 中填入您的用户 ID ${id}。`,
      };
const PERSON_MISSING: LocalizedText = {
  en: 'Mention the person, or enter a user id, e-mail address or mobile number.',
  'zh-CN': '请写明是谁：@某人，或填写用户 ID、邮箱、手机号。',
};
const noUser = (word: string): LocalizedText => ({
  en: `No user found for "${sanitize(word)}": mention the person, or enter a user id, e-mail address or mobile number.`,
  'zh-CN': `找不到“${sanitize(word)}”：请 @该用户，或填写用户 ID、邮箱、手机号。`,
});
