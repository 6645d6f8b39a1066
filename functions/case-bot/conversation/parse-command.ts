import type { ChatMessage } from '@casebell/im/bots';
import { allNames, type Command, type CommandArgument } from '../domain/command';
import { halfWidth } from '../domain/text';
import { parseFields } from '../drafts/parse-fields';

export interface ParsedCommand {
  command: Command;
  argument: CommandArgument;
}

interface Entry {
  word: string;
  command: Command;
}

/** What may stand between a command's word and its argument. */
const SEPARATOR = /^[\s:,;、，。]+/;
const ASCII_WORD = /^[a-z0-9]/i;

/** Finds the command whose word a message begins with: the longest word that fits wins. */
export function createCommandParser(commands: readonly Command[]): (message: ChatMessage) => ParsedCommand | undefined {
  const entries = commands
    .flatMap((command) => allNames(command.names).map((word) => ({ word: halfWidth(word).toLowerCase(), command })))
    .sort((one, other) => other.word.length - one.word.length);
  return (message) => {
    const text = message.text.trim();
    const found = entries.find((entry) => begins(halfWidth(text).toLowerCase(), entry));
    if (!found) return undefined;
    const rest = text.slice(found.word.length);
    const gap = SEPARATOR.exec(halfWidth(rest))?.[0].length ?? 0;
    return { command: found.command, argument: parseArgument(rest.slice(gap), message) };
  };
}

/** After a Chinese word, a number or Latin letters may follow without a space: `工单123456`. */
function begins(text: string, { word }: Entry): boolean {
  if (!text.startsWith(word)) return false;
  const rest = text.slice(word.length);
  if (rest === '' || SEPARATOR.test(rest)) return true;
  return !ASCII_WORD.test(word.slice(-1)) && ASCII_WORD.test(rest);
}

/** What a form was filled in with counts more than what stands in the text. */
export function parseArgument(rest: string, { fields, mentions = [] }: ChatMessage): CommandArgument {
  const read = parseFields(rest);
  return { text: read.text, verbatim: rest.trim(), fields: { ...read.fields, ...fields }, mentions };
}
