import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Card, parseCard } from '@casebell/im/webhooks';
import type { AwsEvent, DedupKeys, Formatter, Locale } from '../../../plugins/formatter';
import { describeError, type Log } from '../../shared/log';
import { stringify } from '../ingest/json';
import { matcher } from './event-pattern';
import { fallback } from './fallback';
import { customNotification, readyMade } from './ready-made';

/** A formatter whose pattern is compiled. */
export interface CompiledFormatter {
  name: string;
  matches(event: AwsEvent): boolean;
  format(event: AwsEvent, locale: Locale): unknown;
  /** Undefined when the formatter does not match, has no keys for the event, or fails. */
  dedupKeys(event: AwsEvent, log: Log): DedupKeys | undefined;
}

/** Throws a sentence when what a plugin exports is not a formatter. */
export function compileFormatter(exported: unknown): CompiledFormatter {
  const { name, pattern, format } = (exported ?? {}) as Partial<Formatter>;
  if (typeof name !== 'string' || !name) throw new Error('its default export has no name');
  if (typeof pattern !== 'object' || pattern === null) throw new Error(`${name} has no pattern`);
  if (typeof format !== 'function') throw new Error(`${name} has no format function`);
  const formatter = exported as Formatter;
  const matches = matcher(pattern);
  return {
    name,
    matches,
    format: format.bind(exported),
    dedupKeys(event, log) {
      try {
        return formatter.dedupKeys && matches(event) ? formatter.dedupKeys(event) : undefined;
      } catch (error) {
        logFailure(name, event, error, log);
        return undefined;
      }
    },
  };
}

const logFailure = (formatter: string, { id }: AwsEvent, error: unknown, log: Log): void =>
  log.error('formatter.failed', { formatter, id, reason: describeError(error) });

/** Plugins first; the other events are a ready-made card, or shown by the fallback, which takes every event. */
export const withBuiltIns = (plugins: readonly CompiledFormatter[]): CompiledFormatter[] => [
  ...plugins,
  ...[readyMade, customNotification, fallback].map(compileFormatter),
];

const PLUGIN_FILE = /\.[cm]js$/;

/**
 * The formatters in some folders (or single files), in their order; within a folder in name order. Built-in plugins and a user's own are
 * loaded alike. A plugin that cannot be loaded is logged by its file name; the others are not affected.
 */
export async function loadFormatters(paths: readonly string[], log: Log): Promise<CompiledFormatter[]> {
  const files = paths.flatMap((path) => (PLUGIN_FILE.test(path) ? [resolve(path)] : pluginFiles(path, log)));
  const loaded = await Promise.all(files.map((file) => load(file, log)));
  return loaded.filter((formatter) => formatter !== undefined);
}

function pluginFiles(folder: string, log: Log): string[] {
  try {
    const names = readdirSync(folder).filter((name) => PLUGIN_FILE.test(name));
    return names.sort().map((name) => resolve(folder, name));
  } catch (error) {
    log.warn('plugins.read_failed', { folder, reason: describeError(error) });
    return [];
  }
}

/** `require` where possible: it costs a quarter of `import`, at every cold start. */
async function load(file: string, log: Log): Promise<CompiledFormatter | undefined> {
  try {
    const module = file.endsWith('.cjs') ? require(file) : await import(pathToFileURL(file).href);
    return compileFormatter(module.default?.default ?? module.default ?? module);
  } catch (error) {
    log.error('plugin.load_failed', { file, reason: describeError(error) });
    return undefined;
  }
}

/** A card, and the name of the formatter that made it. */
export interface FormattedEvent {
  formatter: string;
  card: Card;
}

/**
 * The first formatter that matches and returns a card. One that throws, or returns something that is not a card, is logged by name, and
 * the next is asked. Undefined: a formatter suppresses the event.
 */
export function formatEvent(
  event: AwsEvent,
  formatters: readonly CompiledFormatter[],
  locale: Locale,
  log: Log,
): FormattedEvent | undefined {
  for (const formatter of formatters) {
    try {
      if (!formatter.matches(event)) continue;
      const card = formatter.format(event, locale);
      if (card instanceof Promise) card.catch(() => undefined);
      return card === undefined ? undefined : { formatter: formatter.name, card: parseCard(card) };
    } catch (error) {
      logFailure(formatter.name, event, error, log);
    }
  }
  return {
    formatter: 'last resort',
    card: { title: event['detail-type'], severity: 'info', quote: stringify(event, 1) },
  };
}
