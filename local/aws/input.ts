import { invalid, ServiceError } from './service-error';

/** The members of a request as the client sent them. */
export type Input = Readonly<Record<string, unknown>>;

const memberName = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const wrongType = (name: string): ServiceError =>
  new ServiceError('SerializationException', `'${memberName(name)}' has a wrong type.`);

const missing = (name: string): ServiceError =>
  invalid(
    `1 validation error detected: Value at '${memberName(name)}' failed to satisfy constraint: Member must not be null`,
  );

export const isRecord = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The JSON object in a text; undefined for other JSON and for a text that is not JSON. */
export function parseRecord(json: string): Input | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** A reader of members of one type; it returns undefined where the member is absent. */
function optional<T>(is: (value: unknown) => value is T): (input: Input, name: string) => T | undefined {
  return (input, name) => {
    const value = input[name] ?? undefined;
    if (value === undefined || is(value)) return value;
    throw wrongType(name);
  };
}

export const optionalText = optional(isText);
export const optionalNumber = optional((value): value is number => typeof value === 'number');
export const optionalFlag = optional((value): value is boolean => typeof value === 'boolean');
export const optionalRecord = optional(isRecord);
export const optionalRecords = optional((value): value is Input[] => Array.isArray(value) && value.every(isRecord));
export const optionalTexts = optional((value): value is string[] => Array.isArray(value) && value.every(isText));

function required<T>(read: (input: Input, name: string) => T | undefined): (input: Input, name: string) => T {
  return (input, name) => {
    const value = read(input, name);
    if (value === undefined) throw missing(name);
    return value;
  };
}

export const requiredText = required(optionalText);
export const requiredRecord = required(optionalRecord);
export const requiredRecords = required(optionalRecords);
export const requiredTexts = required(optionalTexts);
