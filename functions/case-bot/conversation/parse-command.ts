import type { ChatMessage } from '@casebell/im/bots';
import { allNames, type Command, type CommandArgument } from '../domain/command';
import { halfWidth } from '../domain/text';
import { parseFields } from '../drafts/parse-fields';

export interface ParsedCommand {
  command: Command;
  argument: CommandArgument;
}

/** Between a command's name and its argument. */
const SEPARATOR = /^[\s:,;、，。]+/;
const ASCII_WORD = /^[a-z0-9]/i;

/** Finds the command whose name a message starts with; the longest name wins. */
export function createCommandParser(commands: readonly Command[]): (message: ChatMessage) => ParsedCommand | undefined {
  const entries = commands
    .flatMap((command) => allNames(command.names).map((name) => ({ name: halfWidth(name).toLowerCase(), command })))
    .sort((one, other) => other.name.length - one.name.length);
  return (message) => {
    const text = message.text.trim();
    const typed = halfWidth(text).toLowerCase();
    const found = entries.find(({ name }) => startsWithName(typed, name));
    if (!found) return undefined;
    const rest = text.slice(found.name.length);
    const gap = SEPARATOR.exec(halfWidth(rest))?.[0].length ?? 0;
    return { command: found.command, argument: parseArgument(rest.slice(gap), message) };
  };
}

/** After a Chinese name, digits or Latin letters may follow without a space: `工单123456`. */
function startsWithName(text: string, name: string): boolean {
  if (!text.startsWith(name)) return false;
  const rest = text.slice(name.length);
  if (rest === '' || SEPARATOR.test(rest)) return true;
  return !ASCII_WORD.test(name.slice(-1)) && ASCII_WORD.test(rest);
}

/** The values of a form take precedence over lines of the text. */
export function parseArgument(rest: string, { fields, mentions = [] }: ChatMessage): CommandArgument {
  const parsed = parseFields(rest);
  return { text: parsed.text, verbatim: rest.trim(), fields: { ...parsed.fields, ...fields }, mentions };
}
