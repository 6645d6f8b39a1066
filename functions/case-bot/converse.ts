import { type Card, type ChatMessage, DeliveryError } from '@casebell/im/bots';
import { type Claim, keyOf } from './case-store';
import type { Argument, Command } from './command';
import { COMMANDS } from './commands';
import { attach } from './commands/attach';
import { files } from './commands/files';
import { fill } from './commands/fill';
import { helpCard } from './commands/help';
import { reply, replyHere } from './commands/reply';
import { readId } from './find-case';
import { Later, Misunderstanding } from './misunderstanding';
import type { Desk, Office } from './office';
import { argumentOf, type Heard, openReader } from './read-command';
import { isOnlyFields } from './read-fields';
import { admit } from './rights';
import { SPOKEN } from './spoken';
import { SupportTrouble } from './support-desk';
import { adviceOn } from './trouble';

const read = openReader(COMMANDS);

/** THE FLOW: a message is claimed, understood, admitted, acted on and answered, once. Throws Later when it must come again. */
export async function converse(message: ChatMessage, office: Desk): Promise<void> {
  const { store, bot, log } = office;
  const key = `${bot.name}/${message.id}`;
  const claim = await store.claim(key);
  if (claim.state === 'done') return log.info('message.repeated', { id: message.id });
  if (claim.state === 'busy') throw new Later('Somebody else is at this message, or died at it a moment ago.');
  try {
    await answerOnce(message, key, claim, office);
  } catch (error) {
    // Who fails leaves the message to the next at once; only who dies keeps it until the lease is over.
    await store.release(key).catch((failure) => log.warn('message.not-released', { reason: String(failure) }));
    throw error;
  }
}

async function answerOnce(message: ChatMessage, key: string, { state, answer }: Claim, office: Desk): Promise<void> {
  const { store, app, metrics, now } = office;
  const card = answer ?? (await answerTo(message, { ...office, resumed: state === 'resumed' }));
  if (card) {
    await store.answered(key, card);
    await app.send(card, message.conversation, key, answer !== undefined);
    metrics.durationMs('CommandLatency', now() - message.sentAt);
  }
  await store.settle(key);
}

/** `undefined`: it was not meant for us, or all has been said. */
async function answerTo(message: ChatMessage, office: Office): Promise<Card | undefined> {
  const heard = await understand(message, office);
  if (!heard) return undefined;
  const { command, argument } = heard;
  office.log.info('message.understood', { bot: office.bot.name, id: message.id, command: command.spoken.en });
  try {
    await admit(message.sender, command, office);
    const card = await command.run(argument, message, office);
    await note(heard, message, 'done', office);
    office.metrics.count('CommandsSucceeded');
    return card;
  } catch (error) {
    if (error instanceof Later) throw error;
    return refusal(error, heard, message, office);
  }
}

/** A command by its first word; in a case's own place anything else is a reply; lines of a form go to one's draft. */
async function understand(message: ChatMessage, office: Office): Promise<Heard | undefined> {
  const heard = read(message);
  if (heard && message.isForBot) return withFiles(heard, message);
  const isHome = (await office.store.caseOf(office.bot.name, message.conversation)) !== undefined;
  const verbatim = { text: '', verbatim: message.text, fields: {}, mentions: [] };
  if (isHome && heard) return withFiles(heard, message);
  if (message.files?.length && (isHome || message.isForBot)) return { command: files, argument: verbatim };
  if (isHome && message.text.trim()) return { command: replyHere, argument: verbatim };
  if (!message.isForBot) return undefined;
  const draft = isOnlyFields(message.text) && (await office.store.draft(office.bot.name, message));
  return { command: draft ? fill : HELP, argument: argumentOf(message.text, message) };
}

/** A reply that brings files along is about them, too. */
const withFiles = ({ command, argument }: Heard, { files: shared = [] }: ChatMessage): Heard =>
  command === reply && shared.length > 0 ? { command: attach, argument } : { command, argument };

async function refusal(error: unknown, heard: Heard, message: ChatMessage, office: Office): Promise<Card> {
  if (!isFinal(error)) throw error;
  office.log.warn('message.refused', {
    id: message.id,
    command: heard.command.spoken.en,
    reason: describeError(error),
  });
  await note(heard, message, describeError(error), office);
  office.metrics.count('CommandsRejected', 1, { reason: kindOf(error) });
  return { title: office.say.t(NOT_DONE), severity: 'warning', text: office.say.t(adviceOn(error)) };
}

/** Writes down that a message which would have changed something is given up; how far it has got, nobody knows. */
export async function noteGivenUp(message: ChatMessage, error: unknown, office: Desk): Promise<void> {
  const heard = await understand(message, { ...office, resumed: true });
  const isKnown = isFinal(error) || error instanceof Later || error instanceof DeliveryError;
  const reason = isKnown ? describeError(error) : Object(error).name;
  if (heard) await note(heard, message, `given up: ${reason}`, office);
}

/** What people wrote stands in quotation marks, and is kept nowhere. */
const describeError = (error: unknown): string =>
  error instanceof Misunderstanding ? error.message.replace(/".*"/s, '"…"') : String(error);

/** For the metric: as few words as there are kinds of it. */
function kindOf(error: unknown): string {
  if (error instanceof SupportTrouble) return error.kind;
  return error instanceof DeliveryError ? 'chat' : 'misunderstood';
}

/** Whether trying again would come to the same. */
function isFinal(error: unknown): boolean {
  if (error instanceof DeliveryError) return !error.retryable;
  return error instanceof Misunderstanding || error instanceof SupportTrouble;
}

/** What changes something is written down, whether it came to be or not; never what people wrote to AWS. */
async function note({ command, argument }: Heard, message: ChatMessage, result: string, office: Desk): Promise<void> {
  if (!command.changes) return;
  const { bot, store, now } = office;
  const what = `${command.spoken.en} ${subjectOf(command, argument)}`.trim();
  const where = keyOf(message.conversation);
  await store.audit({ bot: bot.name, message: message.id, who: message.sender, where, when: now(), what, result });
}

/** Whom an administrator meant; of everything else only which case. */
function subjectOf({ admin }: Command, { text, mentions }: Argument): string {
  if (admin) return [text, ...mentions.map(({ id }) => id)].filter(Boolean).join(' ');
  return readId(text).id ?? /^CB-\w+/i.exec(text)?.[0] ?? '';
}

/** What is not understood is answered with what is. */
const HELP: Command = {
  spoken: SPOKEN.help,
  run: (_argument, message, office) => helpCard(COMMANDS, message, office),
};

const NOT_DONE = { en: 'Not done', 'zh-CN': '未能完成' };
