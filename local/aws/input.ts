import { invalid, ServiceError } from './service-error';

/** The members of a request, as the client sent them. */
export type Input = Readonly<Record<string, unknown>>;

const member = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const wrongType = (name: string): ServiceError =>
  new ServiceError('SerializationException', `'${member(name)}' has another type than this operation expects.`);

const missing = (name: string): ServiceError =>
  invalid(
    `1 validation error detected: Value at '${member(name)}' failed to satisfy constraint: Member must not be null`,
  );

export const isRecord = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The JSON object in this text; undefined for other JSON and for what is not JSON at all. */
export function parseRecord(json: string): Input | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** A reader of one member's type: undefined where the member is absent. */
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

export const text = required(optionalText);
export const record = required(optionalRecord);
export const records = required(optionalRecords);
export const texts = required(optionalTexts);
