import type { AttributeValue, Item } from 'dynalite/db';

type Measure = (value: never) => number;

const utf8 = (text: string): number => Buffer.byteLength(text);
const sum = (sizes: number[]): number => sizes.reduce((total, size) => total + size, 0);

/** Two significant digits in a byte, and one more byte. */
const number = (text: string): number => {
  const digits = text
    .replace(/e.*$/i, '')
    .replace(/\D/g, '')
    .replace(/^0+|0+$/g, '');
  return Math.min(21, Math.ceil(digits.length / 2) + 1);
};
const binary = (text: string): number => Buffer.from(text, 'base64').length;

const MEASURES: Readonly<Record<string, Measure>> = {
  S: utf8,
  N: number,
  B: binary,
  BOOL: () => 1,
  NULL: () => 1,
  SS: (texts: string[]) => sum(texts.map(utf8)),
  NS: (texts: string[]) => sum(texts.map(number)),
  BS: (texts: string[]) => sum(texts.map(binary)),
  L: (values: AttributeValue[]) => 3 + sum(values.map((value) => 1 + sizeOfValue(value))),
  M: (values: Item) => 3 + Object.keys(values).length + sizeOf(values),
};

/** A DynamoDB item's size in bytes (Developer Guide, "DynamoDB item sizes and formats"). dynalite counts letters instead. */
export function sizeOf(item: Item): number {
  const attributes = Object.entries(item).filter(([, value]) => value !== undefined);
  return sum(attributes.map(([name, value]) => utf8(name) + sizeOfValue(value)));
}

function sizeOfValue(value: AttributeValue): number {
  const [type = '', content] = Object.entries(value)[0] ?? [];
  return MEASURES[type]?.(content as never) ?? 0;
}
