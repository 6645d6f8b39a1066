import { type ParameterValue, violatedConstraints } from './constraints';
import { type Mapping, mappingOf, textOf } from './mapping';
import { TemplateError } from './template-error';

const commaSeparated = (text: string): string[] => (text === '' ? [] : text.split(',').map((item) => item.trim()));

const READ: Readonly<Record<string, (text: string) => ParameterValue>> = {
  String: (text) => text,
  Number: (text) => text,
  'List<Number>': commaSeparated,
  CommaDelimitedList: commaSeparated,
};

/**
 * The value of every declared parameter: what is given, or its default.
 * Throws one TemplateError that names everything wrong; a NoEcho parameter's value is never in it.
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
    const value = choose(name, parameter, given[name]);
    if (value === undefined) problems.push(`${name}: a value is needed, there is no default.`);
    else {
      values[name] = value;
      problems.push(...violatedConstraints(parameter, value).map((problem) => `${name}: ${problem}`));
    }
  }
  if (problems.length > 0)
    throw new TemplateError(['The parameters do not fit the template:', ...problems].join('\n  '));
  return values;
}

function choose(name: string, { Type, Default }: Mapping, given: string | undefined): ParameterValue | undefined {
  const read = READ[String(Type)];
  if (!read) throw new TemplateError(`Parameter ${name}: the type ${Type} is not supported by the local stack.`);
  const text = given ?? Default;
  return text === undefined ? undefined : read(textOf(text, `The default of parameter ${name}`));
}
