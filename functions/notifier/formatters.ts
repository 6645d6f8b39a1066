import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Card, parseCard } from '@casebell/im/webhooks';
import type { AwsEvent, DedupKeys, Formatter, Locale } from '../../plugins/formatter';
import { describeError, type Log } from '../shared/log';
import { matcher } from './pattern';
import { jsonOf } from './shapes/shape';

/** A formatter whose pattern has been compiled. */
export interface Chosen {
  name: string;
  matches(event: AwsEvent): boolean;
  format(event: AwsEvent, locale: Locale): unknown;
  /** What the formatter knows of the event's identity; undefined when it does not match, has nothing to say, or fails. */
  dedupKeys(event: AwsEvent, log: Log): DedupKeys | undefined;
}

/** Compiles the pattern; throws a sentence when what a plugin exports is no formatter. */
export function prepare(exported: unknown): Chosen {
  const { name, pattern, format } = (exported ?? {}) as Partial<Formatter>;
  if (typeof name !== 'string' || !name) throw new Error('its default export has no name');
  if (typeof pattern !== 'object' || pattern === null) throw new Error(`${name} has no pattern`);
  if (typeof format !== 'function') throw new Error(`${name} has no format function`);
  const matches = matcher(pattern);
  return { name, matches, format: format.bind(exported), dedupKeys: identifier(exported as Formatter, matches) };
}

function identifier(formatter: Formatter, matches: Chosen['matches']): Chosen['dedupKeys'] {
  return (event, log) => {
    try {
      return formatter.dedupKeys && matches(event) ? formatter.dedupKeys(event) : undefined;
    } catch (error) {
      log.error('formatter.failed', { formatter: formatter.name, id: event.id, reason: describeError(error) });
      return undefined;
    }
  };
}

const PLUGIN_FILE = /\.[cm]js$/;

/**
 * The formatters in some folders (or lone files), in their order; within a folder in name order. Built-ins and a user's own take
 * the same road. A plugin that cannot be loaded is logged by its file name; the others are not affected.
 */
export async function loadFormatters(places: readonly string[], log: Log): Promise<Chosen[]> {
  const files = places.flatMap((place) => (PLUGIN_FILE.test(place) ? [resolve(place)] : pluginFiles(place, log)));
  const loaded = await Promise.all(files.map((file) => load(file, log)));
  return loaded.filter((formatter) => formatter !== undefined);
}

function pluginFiles(folder: string, log: Log): string[] {
  try {
    const names = readdirSync(folder).filter((name) => PLUGIN_FILE.test(name));
    return names.sort().map((name) => resolve(folder, name));
  } catch (error) {
    log.warn('plugins.folder-unreadable', { folder, reason: describeError(error) });
    return [];
  }
}

async function load(file: string, log: Log): Promise<Chosen | undefined> {
  try {
    return prepare(await read(file));
  } catch (error) {
    log.error('plugins.not-loaded', { file, reason: describeError(error) });
    return undefined;
  }
}

/** `require` where it can be: it costs a quarter of what `import` does, at every cold start. */
async function read(file: string): Promise<unknown> {
  const module = file.endsWith('.cjs') ? require(file) : await import(pathToFileURL(file).href);
  return module.default?.default ?? module.default ?? module;
}

/** A card and the formatter that made it. */
export interface Formatted {
  by: string;
  card: Card;
}

/**
 * The first formatter that matches and manages to make a card. One that throws, or returns something that is no card, is
 * logged by name and the next one is asked. `undefined`: a formatter chose to stay silent.
 */
export function format(
  event: AwsEvent,
  formatters: readonly Chosen[],
  locale: Locale,
  log: Log,
): Formatted | undefined {
  for (const formatter of formatters) {
    try {
      if (!formatter.matches(event)) continue;
      const card = formatter.format(event, locale);
      if (card instanceof Promise) card.catch(() => undefined);
      return card === undefined ? undefined : { by: formatter.name, card: parseCard(card) };
    } catch (error) {
      log.error('formatter.failed', { formatter: formatter.name, id: event.id, reason: describeError(error) });
    }
  }
  return {
    by: 'last resort',
    card: { title: event['detail-type'], severity: 'info', quote: jsonOf(event, 1) },
  };
}
