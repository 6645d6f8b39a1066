import type { Card } from './formatter';

type Fact = NonNullable<Card['facts']>[number];

/** An untrusted event: every field may be missing or of another type, and `?.` reads either without an error. */
export interface Json {
  readonly [field: string]: Json | undefined;
}

/** A string or number as text; empty for anything else. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() ? value.trim() : undefined;
}

/** The list, or a single value as a list of one: AWS and custom rules send both. */
export function list(value: unknown): Json[] {
  const values = Array.isArray(value) ? value : [value];
  return values.filter((one) => one !== undefined && one !== null && one !== '');
}

/** The table's own entry: an event may well name `constructor`. */
export function entry<Value>(table: Readonly<Record<string, Value>>, key: string | undefined): Value | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** One fact, or none for an empty value. */
export function fact(label: string, value: string | undefined): Fact[] {
  return value ? [{ label, value }] : [];
}
