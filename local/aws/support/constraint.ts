import { type Input, optionalNumber, optionalTexts, requiredText } from '../input';
import { invalid, ServiceError } from '../service-error';

/** What a member's shape forbids; the sentence is AWS's usual one. */
export const broken = (name: string, constraint: string): ServiceError =>
  invalid(`1 validation error detected: Value at '${name}' failed to satisfy constraint: ${constraint}`);

/**
 * What the shape allows and the service does not know. DescribeAttachment documents this name, and for the other
 * operations it is a guess; so are all sentences that come with it.
 */
export const unsuitable = (message: string): ServiceError =>
  new ServiceError('InvalidParameterValueException', message);

/** A text of so many UTF-16 units, which is the stricter reading of "characters". */
export function textWithin(input: Input, name: string, least: number, most: number): string {
  const value = requiredText(input, name);
  if (value.length < least) throw broken(name, `Member must have length greater than or equal to ${least}`);
  if (value.length > most) throw broken(name, `Member must have length less than or equal to ${most}`);
  return value;
}

/** A list of at most so many; empty where the member is absent. */
export function textsWithin(input: Input, name: string, most: number): readonly string[] {
  const values = optionalTexts(input, name) ?? [];
  if (values.length > most) throw broken(name, `Member must have length less than or equal to ${most}`);
  return values;
}

/** A whole number in this range, or undefined. */
export function countWithin(input: Input, name: string, least: number, most: number): number | undefined {
  const value = optionalNumber(input, name);
  if (value === undefined) return undefined;
  if (value < least) throw broken(name, `Member must have value greater than or equal to ${least}`);
  if (value > most) throw broken(name, `Member must have value less than or equal to ${most}`);
  return Math.trunc(value);
}

const MOST_COPIES = 10;
const MAIL = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/;

/** Who gets a copy: at most ten addresses (CreateCase). */
export function copiesIn(input: Input): readonly string[] {
  const addresses = textsWithin(input, 'ccEmailAddresses', MOST_COPIES);
  const strange = addresses.find((address) => !MAIL.test(address));
  if (strange !== undefined) throw unsuitable(`${strange} is not a valid email address.`);
  return addresses;
}
