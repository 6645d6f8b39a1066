import { at, type Json, textAt } from '../json';
import { inputsIn, optionsOf } from './controls';

/** What Slack lets nobody type more of, where the app has not said less. */
const LONGEST = 3000;

/**
 * The state of a message's inputs, as it comes with every press. Required fields do not hold a press back: no page says that they
 * do in messages, so nobody should count on it. Throws where a person could not enter this.
 */
export function stateOf(payload: Json, values: Readonly<Record<string, string>> = {}): Json {
  const inputs = inputsIn(payload);
  const names = inputs.map((input) => textAt(input, 'element', 'action_id'));
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown) throw new Error(`The form has no field ${unknown}.`);
  return Object.fromEntries(
    inputs.map((input, index) => {
      const name = names[index] ?? '';
      return [textAt(input, 'block_id'), { [name]: entered(input, values[name]) }];
    }),
  );
}

function entered(input: Json, value: string | undefined): Json {
  const type = textAt(input, 'element', 'type');
  return type === 'static_select'
    ? { type, selected_option: chosen(input, value) }
    : { type, value: typed(input, value) };
}

/** What is not given stays as it was. */
function chosen(input: Json, value: string | undefined): unknown {
  if (value === undefined) return at(input, 'element', 'initial_option') ?? null;
  const option = optionsOf(input).find((each) => textAt(each, 'value') === value);
  if (!option) throw new Error(`There is no ${value} to choose.`);
  return option;
}

function typed(input: Json, value: string | undefined): string | null {
  const text = value ?? textAt(input, 'element', 'initial_value');
  const most = at(input, 'element', 'max_length') ?? LONGEST;
  if (text.length > Number(most)) throw new Error(`Slack takes no more than ${most} letters there.`);
  return text || null;
}
