import { type Card, type ChatMessage, DeliveryError } from '@casebell/im/bots';
import { attach } from '../commands/attach';
import { fill } from '../commands/fill';
import { helpCard } from '../commands/help';
import { COMMANDS } from '../commands/index';
import { reply, replyHere } from '../commands/reply';
import { shareFiles } from '../commands/share-files';
import { conversationKey, type MessageClaim } from '../domain/case-store';
import { COMMAND_NAMES, type Command, type CommandArgument } from '../domain/command';
import type { BotContext, MessageContext } from '../domain/context';
import { messageFor, RetryLaterError, UserInputError } from '../domain/errors';
import { parseCaseId } from '../domain/find-case';
import { authorize } from '../domain/rights';
import { SupportError } from '../domain/support-client';
import { hasOnlyFields } from '../drafts/parse-fields';
import { createCommandParser, type ParsedCommand, parseArgument } from './parse-command';

const read = createCommandParser(COMMANDS);

/** THE FLOW: a message is claimed, understood, admitted, acted on and answered, once. Throws Later when it must come again. */
export async function handleMessage(message: ChatMessage, ctx: BotContext): Promise<void> {
  const { store, bot, log } = ctx;
  const key = `${bot.name}/${message.id}`;
  const claim = await store.claimMessage(key);
  if (claim.state === 'done') return log.info('message.duplicate', { id: message.id });
  if (claim.state === 'busy')
    throw new RetryLaterError('Somebody else is at this message, or died at it a moment ago.');
  try {
    await answerOnce(message, key, claim, ctx);
  } catch (error) {
    // Who fails leaves the message to the next at once; only who dies keeps it until the lease is over.
    await store.releaseMessage(key).catch((failure) => log.warn('message.release_failed', { reason: String(failure) }));
    throw error;
  }
}

async function answerOnce(
  message: ChatMessage,
  key: string,
  { state, response }: MessageClaim,
  ctx: BotContext,
): Promise<void> {
  const { store, app, metrics, now } = ctx;
  const card = response ?? (await answerTo(message, { ...ctx, isRetry: state === 'resumed' }));
  if (card) {
    await store.saveResponse(key, card);
    await app.send(card, message.conversation, key, response !== undefined);
    metrics.durationMs('CommandLatency', now() - message.sentAt);
  }
  await store.completeMessage(key);
}

/** `undefined`: it was not meant for us, or all has been said. */
async function answerTo(message: ChatMessage, ctx: MessageContext): Promise<Card | undefined> {
  const heard = await parse(message, ctx);
  if (!heard) return undefined;
  const { command, argument } = heard;
  ctx.log.info('message.parsed', { bot: ctx.bot.name, id: message.id, command: command.names.en });
  try {
    await authorize(message.sender, command, ctx);
    const card = await command.run(argument, message, ctx);
    await audit(heard, message, 'done', ctx);
    ctx.metrics.count('CommandsSucceeded');
    return card;
  } catch (error) {
    if (error instanceof RetryLaterError) throw error;
    return refusal(error, heard, message, ctx);
  }
}

/** A command by its first word; in a case's own place anything else is a reply; lines of a form go to one's draft. */
async function parse(message: ChatMessage, ctx: MessageContext): Promise<ParsedCommand | undefined> {
  const heard = read(message);
  if (heard && message.isForBot) return withFiles(heard, message);
  const isHome = (await ctx.store.getCaseInConversation(ctx.bot.name, message.conversation)) !== undefined;
  const verbatim = { text: '', verbatim: message.text, fields: {}, mentions: [] };
  if (isHome && heard) return withFiles(heard, message);
  if (message.files?.length && (isHome || message.isForBot)) return { command: shareFiles, argument: verbatim };
  if (isHome && message.text.trim()) return { command: replyHere, argument: verbatim };
  if (!message.isForBot) return undefined;
  const draft = hasOnlyFields(message.text) && (await ctx.store.getDraft(ctx.bot.name, message));
  return { command: draft ? fill : HELP, argument: parseArgument(message.text, message) };
}

/** A reply that brings files along is about them, too. */
const withFiles = ({ command, argument }: ParsedCommand, { files: shared = [] }: ChatMessage): ParsedCommand =>
  command === reply && shared.length > 0 ? { command: attach, argument } : { command, argument };

async function refusal(error: unknown, heard: ParsedCommand, message: ChatMessage, ctx: MessageContext): Promise<Card> {
  if (!isFinal(error)) throw error;
  ctx.log.warn('message.rejected', {
    id: message.id,
    command: heard.command.names.en,
    reason: describeError(error),
  });
  await audit(heard, message, describeError(error), ctx);
  ctx.metrics.count('CommandsRejected', 1, { reason: kindOf(error) });
  return { title: ctx.locale.t(NOT_DONE), severity: 'warning', text: ctx.locale.t(messageFor(error)) };
}

/** Writes down that a message which would have changed something is given up; how far it has got, nobody knows. */
export async function addGivenUpAuditEntry(message: ChatMessage, error: unknown, ctx: BotContext): Promise<void> {
  const heard = await parse(message, { ...ctx, isRetry: true });
  const isKnown = isFinal(error) || error instanceof RetryLaterError || error instanceof DeliveryError;
  const reason = isKnown ? describeError(error) : Object(error).name;
  if (heard) await audit(heard, message, `given up: ${reason}`, ctx);
}

/** What people wrote stands in quotation marks, and is kept nowhere. */
const describeError = (error: unknown): string =>
  error instanceof UserInputError ? error.message.replace(/".*"/s, '"…"') : String(error);

/** For the metric: as few words as there are kinds of it. */
function kindOf(error: unknown): string {
  if (error instanceof SupportError) return error.kind;
  return error instanceof DeliveryError ? 'chat' : 'misunderstood';
}

/** Whether trying again would come to the same. */
function isFinal(error: unknown): boolean {
  if (error instanceof DeliveryError) return !error.retryable;
  return error instanceof UserInputError || error instanceof SupportError;
}

/** What changes something is written down, whether it came to be or not; never what people wrote to AWS. */
async function audit(
  { command, argument }: ParsedCommand,
  message: ChatMessage,
  result: string,
  ctx: BotContext,
): Promise<void> {
  if (!command.changes) return;
  const { bot, store, now } = ctx;
  const what = `${command.names.en} ${subjectOf(command, argument)}`.trim();
  const where = conversationKey(message.conversation);
  await store.addAuditEntry({
    bot: bot.name,
    message: message.id,
    who: message.sender,
    where,
    when: now(),
    what,
    result,
  });
}

/** Whom an administrator meant; of everything else only which case. */
function subjectOf({ adminOnly }: Command, { text, mentions }: CommandArgument): string {
  if (adminOnly) return [text, ...mentions.map(({ id }) => id)].filter(Boolean).join(' ');
  return parseCaseId(text).id ?? /^CB-\w+/i.exec(text)?.[0] ?? '';
}

/** What is not understood is answered with what is. */
const HELP: Command = {
  names: COMMAND_NAMES.help,
  run: (_argument, message, ctx) => helpCard(COMMANDS, message, ctx),
};

const NOT_DONE = { en: 'Not done', 'zh-CN': '未能完成' };
