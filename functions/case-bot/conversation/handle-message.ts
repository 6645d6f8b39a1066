import { type Card, type ChatMessage, DeliveryError } from '@casebell/im/bots';
import { attach, shareFiles } from '../commands/attach';
import { fill } from '../commands/fill';
import { COMMANDS, help } from '../commands/index';
import { reply, replyHere } from '../commands/reply';
import { conversationKey, type MessageClaim } from '../domain/case-store';
import type { Command, CommandArgument } from '../domain/command';
import type { BotContext, MessageContext } from '../domain/context';
import { isPermanentRejection, messageFor, RetryLaterError, UserInputError } from '../domain/errors';
import { parseCaseId } from '../domain/find-case';
import { authorize } from '../domain/rights';
import { SupportError } from '../domain/support-client';
import { hasOnlyFields } from '../drafts/parse-fields';
import { createCommandParser, type ParsedCommand, parseArgument } from './parse-command';

const parseCommand = createCommandParser(COMMANDS);

/** Claims a message, parses it, checks the sender's rights, runs the command and sends its response, once. Throws RetryLaterError. */
export async function handleMessage(message: ChatMessage, ctx: BotContext): Promise<void> {
  const { store, bot, log } = ctx;
  const key = `${bot.name}/${message.id}`;
  const claim = await store.claimMessage(key);
  if (claim.state === 'done') return log.info('message.duplicate', { id: message.id });
  if (claim.state === 'busy') throw new RetryLaterError('Another worker holds this message.');
  try {
    await respond(message, key, claim, ctx);
  } catch (error) {
    // After an error the next attempt need not wait for the lease to expire; after a crash it must.
    await store.releaseMessage(key).catch((failure) => log.warn('message.release_failed', { reason: String(failure) }));
    throw error;
  }
}

/** The response is saved before it is sent, so that a retry sends the same one. */
async function respond(
  message: ChatMessage,
  key: string,
  { state, response }: MessageClaim,
  ctx: BotContext,
): Promise<void> {
  const { store, app, metrics, now } = ctx;
  const card = response ?? (await execute(message, { ...ctx, isRetry: state === 'resumed' }));
  if (card) {
    await store.saveResponse(key, card);
    await app.send(card, message.conversation, key, response !== undefined);
    metrics.durationMs('CommandLatency', now() - message.sentAt);
  }
  await store.completeMessage(key);
}

/** Returns undefined where the message is not for the bot, or nothing is left to send. */
async function execute(message: ChatMessage, ctx: MessageContext): Promise<Card | undefined> {
  const parsed = await parse(message, ctx);
  if (!parsed) return undefined;
  const { command, argument } = parsed;
  ctx.log.info('message.parsed', { bot: ctx.bot.name, id: message.id, command: command.names.en });
  try {
    await authorize(message.sender, command, ctx);
    const card = await command.run(argument, message, ctx);
    await audit(parsed, message, 'done', ctx);
    ctx.metrics.count('CommandsSucceeded');
    return card;
  } catch (error) {
    if (error instanceof RetryLaterError || !isFinal(error)) throw error;
    return reject(error, parsed, message, ctx);
  }
}

/** A command by its name. Other text is a reply in the conversation of a case, values for the person's draft, or a call for help. */
async function parse(message: ChatMessage, { bot, store }: BotContext): Promise<ParsedCommand | undefined> {
  const { conversation, isForBot, text, files = [] } = message;
  const parsed = parseCommand(message);
  if (parsed && isForBot) return withFiles(parsed, message);
  const isCaseConversation = (await store.getCaseInConversation(bot.name, conversation)) !== undefined;
  const argument = { text: '', verbatim: text, fields: {}, mentions: [] };
  if (isCaseConversation && parsed) return withFiles(parsed, message);
  if (files.length > 0 && (isCaseConversation || isForBot)) return { command: shareFiles, argument };
  if (isCaseConversation && text.trim()) return { command: replyHere, argument };
  if (!isForBot) return undefined;
  const hasDraft = hasOnlyFields(text) && (await store.getDraft(bot.name, message));
  return { command: hasDraft ? fill : help, argument: parseArgument(text, message) };
}

/** A reply with files attaches them. */
const withFiles = ({ command, argument }: ParsedCommand, { files = [] }: ChatMessage): ParsedCommand =>
  command === reply && files.length > 0 ? { command: attach, argument } : { command, argument };

async function reject(error: unknown, parsed: ParsedCommand, message: ChatMessage, ctx: MessageContext): Promise<Card> {
  const reason = describeError(error);
  ctx.log.warn('message.rejected', { id: message.id, command: parsed.command.names.en, reason });
  await audit(parsed, message, reason, ctx);
  ctx.metrics.count('CommandsRejected', 1, { reason: kindOf(error) });
  return { title: ctx.locale.t(FAILED), severity: 'warning', text: ctx.locale.t(messageFor(error)) };
}

/** Audits a command that was given up. Some of its steps may have been completed. */
export async function auditGivenUp(message: ChatMessage, error: unknown, ctx: BotContext): Promise<void> {
  const parsed = await parse(message, ctx);
  const isKnown = isFinal(error) || error instanceof RetryLaterError || error instanceof DeliveryError;
  const reason = isKnown ? describeError(error) : Object(error).name;
  if (parsed) await audit(parsed, message, `given up: ${reason}`, ctx);
}

/** Quotation marks contain a person's words, which are neither logged nor audited. */
const describeError = (error: unknown): string =>
  error instanceof UserInputError ? error.message.replace(/".*"/s, '"…"') : String(error);

/** A dimension of the metric, so it has few values. */
function kindOf(error: unknown): string {
  if (error instanceof SupportError) return error.kind;
  return error instanceof DeliveryError ? 'chat' : 'user-input';
}

/** The person must act; a retry by the queue would not help. */
const isFinal = (error: unknown): boolean =>
  isPermanentRejection(error) || error instanceof UserInputError || error instanceof SupportError;

/** Audits changes and attempts to change something, but never what people write to AWS. */
async function audit(
  { command, argument }: ParsedCommand,
  message: ChatMessage,
  result: string,
  { bot, store, now }: BotContext,
): Promise<void> {
  if (!command.changes) return;
  const what = `${command.names.en} ${subjectOf(command, argument)}`.trim();
  const where = conversationKey(message.conversation);
  const entry = { bot: bot.name, message: message.id, who: message.sender, where, when: now(), what, result };
  await store.addAuditEntry(entry);
}

/** The people of an administrator's command; of other commands only the case. */
function subjectOf({ adminOnly }: Command, { text, mentions }: CommandArgument): string {
  if (adminOnly) return [text, ...mentions.map(({ id }) => id)].filter(Boolean).join(' ');
  return parseCaseId(text).id ?? /^CB-\w+/i.exec(text)?.[0] ?? '';
}

const FAILED = { en: 'Request failed', 'zh-CN': '未能完成' };
