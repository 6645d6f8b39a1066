import { type Input, optionalNumber, optionalText, optionalTexts, requiredText } from '../input';
import { invalid, ServiceError } from '../service-error';

/** The error for a violated constraint of a member's shape; the message is AWS's usual one. */
export const constraintViolated = (name: string, constraint: string): ServiceError =>
  invalid(`1 validation error detected: Value at '${name}' failed to satisfy constraint: ${constraint}`);

/**
 * The error for a value of the right shape that the service does not know. DescribeAttachment documents the code; for the other
 * operations it is a guess, and so are all messages.
 */
export const invalidValue = (message: string): ServiceError =>
  new ServiceError('InvalidParameterValueException', message);

/** @param min, max in UTF-16 units, the stricter reading of "characters" */
export function textWithin(input: Input, name: string, min: number, max: number): string {
  const value = requiredText(input, name);
  if (value.length < min) throw constraintViolated(name, `Member must have length greater than or equal to ${min}`);
  if (value.length > max) throw constraintViolated(name, `Member must have length less than or equal to ${max}`);
  return value;
}

/** A list, empty where the member is absent. */
export function textsWithin(input: Input, name: string, maxCount: number): readonly string[] {
  const values = optionalTexts(input, name) ?? [];
  if (values.length > maxCount)
    throw constraintViolated(name, `Member must have length less than or equal to ${maxCount}`);
  return values;
}

export function integerWithin(input: Input, name: string, min: number, max: number): number | undefined {
  const value = optionalNumber(input, name);
  if (value === undefined) return undefined;
  if (value < min) throw constraintViolated(name, `Member must have value greater than or equal to ${min}`);
  if (value > max) throw constraintViolated(name, `Member must have value less than or equal to ${max}`);
  return Math.trunc(value);
}

const MAX_CC_ADDRESSES = 10;
const MAIL = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/;

/** At most ten addresses (CreateCase). */
export function ccAddressesIn(input: Input): readonly string[] {
  const addresses = textsWithin(input, 'ccEmailAddresses', MAX_CC_ADDRESSES);
  const malformed = addresses.find((address) => !MAIL.test(address));
  if (malformed !== undefined) throw invalidValue(`${malformed} is not a valid email address.`);
  return addresses;
}

const ISO_TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

function timeIn(input: Input, name: string): number | undefined {
  const value = optionalText(input, name);
  if (value === undefined) return undefined;
  const time = ISO_TIME.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw invalidValue(`${value} is not a valid ${name}.`);
  return time;
}

/** A filter by `afterTime` and `beforeTime`; both ends are included, which is a guess. */
export function timeFilterIn(input: Input): (item: { at: number }) => boolean {
  const after = timeIn(input, 'afterTime') ?? Number.NEGATIVE_INFINITY;
  const before = timeIn(input, 'beforeTime') ?? Number.POSITIVE_INFINITY;
  return ({ at }) => at >= after && at <= before;
}

const [MIN_PAGE_SIZE, MAX_PAGE_SIZE] = [10, 100];

interface Ordered {
  readonly order: number;
}

interface Page<T> {
  items: T[];
  nextToken?: string;
}

/** The next page starts before the last item shown, so new items move nothing. */
const tokenAfter = ({ order }: Ordered): string => Buffer.from(`before:${order}`).toString('base64url');

function startIn(input: Input): number {
  const token = optionalText(input, 'nextToken');
  if (token === undefined) return Number.POSITIVE_INFINITY;
  const [, order] = /^before:(\d+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (order === undefined) throw invalidValue('The nextToken is invalid.');
  return Number(order);
}

export function firstPage<T extends Ordered>(items: readonly T[], size: number): Page<T> {
  const page = items.slice(0, size);
  const last = page.at(-1);
  return { items: page, nextToken: last && items.length > size ? tokenAfter(last) : undefined };
}

/**
 * A function that picks the requested page of 10 to 100 items (API Reference). The default size is not documented; it is the
 * smallest.
 */
export function pageIn(input: Input): <T extends Ordered>(newestFirst: readonly T[]) => Page<T> {
  const size = integerWithin(input, 'maxResults', MIN_PAGE_SIZE, MAX_PAGE_SIZE) ?? MIN_PAGE_SIZE;
  const start = startIn(input);
  return (newestFirst) =>
    firstPage(
      newestFirst.filter(({ order }) => order < start),
      size,
    );
}
