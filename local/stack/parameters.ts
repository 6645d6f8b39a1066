import { type Mapping, mappingOf, TemplateError, textOf } from './values';

/** As in CloudFormation, a Ref of a Number is text, and a Ref of a list is a list of texts. */
export type ParameterValue = string | readonly string[];

/** Whether a value, or an item of a list, satisfies a constraint. */
type IsSatisfied = (item: string, limit: unknown) => boolean;

const CONSTRAINTS: Readonly<Record<string, { isSatisfied: IsSatisfied; describe(limit: unknown): string }>> = {
  AllowedValues: {
    isSatisfied: (item, limit) => [limit].flat().map(String).includes(item),
    describe: (limit) => `must be one of ${[limit].flat().join(', ')}`,
  },
  AllowedPattern: {
    isSatisfied: (item, limit) => new RegExp(`^(?:${limit})$`).test(item),
    describe: (limit) => `must match ${limit}`,
  },
  MinLength: {
    isSatisfied: (item, limit) => item.length >= Number(limit),
    describe: (limit) => `must have at least ${limit} characters`,
  },
  MaxLength: {
    isSatisfied: (item, limit) => item.length <= Number(limit),
    describe: (limit) => `must have at most ${limit} characters`,
  },
  MinValue: {
    isSatisfied: (item, limit) => Number(item) >= Number(limit),
    describe: (limit) => `must be at least ${limit}`,
  },
  MaxValue: {
    isSatisfied: (item, limit) => Number(item) <= Number(limit),
    describe: (limit) => `must be at most ${limit}`,
  },
};

/** Messages for violated constraints (CloudFormation User Guide, "Parameters"). They contain the value unless it is NoEcho. */
export function violatedConstraints(parameter: Mapping, value: ParameterValue): string[] {
  const items = [value].flat();
  const shown = parameter.NoEcho === true || parameter.NoEcho === 'true' ? '' : ` (it is "${items.join(',')}")`;
  if (/Number/.test(String(parameter.Type)) && !items.every(isNumber)) return [`must be a number${shown}`];
  return Object.entries(CONSTRAINTS)
    .filter(
      ([name, { isSatisfied }]) => name in parameter && !items.every((item) => isSatisfied(item, parameter[name])),
    )
    .map(([name, { describe }]) => `${parameter.ConstraintDescription ?? describe(parameter[name])}${shown}`);
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

const commaSeparated = (text: string): string[] => (text === '' ? [] : text.split(',').map((item) => item.trim()));

const PARSERS: Readonly<Record<string, (text: string) => ParameterValue>> = {
  String: (text) => text,
  Number: (text) => text,
  CommaDelimitedList: commaSeparated,
};

/**
 * The value of every declared parameter: the given value or the default.
 * @throws one TemplateError with all problems; it never contains the value of a NoEcho parameter
 */
export function parseParameters(
  declared: Mapping,
  given: Readonly<Record<string, string>>,
): Record<string, ParameterValue> {
  const problems: string[] = [];
  for (const name of Object.keys(given))
    if (!(name in declared)) problems.push(`${name}: the template has no such parameter.`);
  const values: Record<string, ParameterValue> = {};
  for (const [name, declaration] of Object.entries(declared)) {
    const parameter = mappingOf(declaration, `Parameter ${name}`);
    const value = chooseValue(name, parameter, given[name]);
    if (value === undefined) problems.push(`${name}: a value is required, there is no default.`);
    else {
      values[name] = value;
      problems.push(...violatedConstraints(parameter, value).map((problem) => `${name}: ${problem}`));
    }
  }
  if (problems.length > 0)
    throw new TemplateError(['The parameters do not match the template:', ...problems].join('\n  '));
  return values;
}

function chooseValue(name: string, { Type, Default }: Mapping, given: string | undefined): ParameterValue | undefined {
  const parse = PARSERS[String(Type)];
  if (!parse) throw new TemplateError(`Parameter ${name}: the type ${Type} is not supported by the local stack.`);
  const text = given ?? Default;
  return text === undefined ? undefined : parse(textOf(text, `The default of parameter ${name}`));
}
