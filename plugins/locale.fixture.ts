import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testLocale } from '../functions/shared/locale.fixture';
import type { AwsEvent, Language, Locale } from './formatter';

/** The notifier's locale for tests, with times as AWS wrote them. @param names account names by id */
export const readerOf = (language: Language, names: Record<string, string> = {}): Locale => ({
  ...testLocale(language, new Map(Object.entries(names))),
  time: (when) => String(when).trim(),
});

/** One of the sample events in `events/`, by its file name without `.json`. */
export function sample<Detail>(name: string): AwsEvent<Detail> {
  return JSON.parse(readFileSync(join(__dirname, '..', 'events', `${name}.json`), 'utf8'));
}

/** The value of the card's fact with this label. */
export function factOf(card: { facts?: { label: string; value: string }[] } | undefined, label: string) {
  return card?.facts?.find((fact) => fact.label === label)?.value;
}

const ODDITIES: readonly unknown[] = [undefined, null, '', 'text', 7, true, [], ['text'], [null], {}, { name: {} }];

/** Variants of the event, each with one field missing or of another type. */
export function* distortions(event: unknown): Generator<unknown> {
  if (typeof event !== 'object' || event === null) return;
  for (const [key, value] of Object.entries(event)) {
    for (const odd of ODDITIES) yield withField(event, key, odd);
    for (const inner of distortions(value)) yield withField(event, key, inner);
  }
}

function withField(object: object, key: string, value: unknown): unknown {
  if (Array.isArray(object)) return object.with(Number(key), value);
  return { ...object, [key]: value };
}
