import { at, isObject, type Json } from '../json';
import type { Delivery, Workplace } from '../workplace';

/** What a person can do in a talk, by the last part of the path. */
export const ACTS: Readonly<Record<string, (workplace: Workplace, input: Json) => Promise<Delivery>>> = {
  say: (workplace, input) =>
    workplace.say(wordIn(input, 'by'), wordIn(input, 'talk'), wordIn(input, 'text'), {
      mention: at(input, 'mention') !== false,
    }),
  press: (workplace, input) => workplace.press(wordIn(input, 'by'), wordIn(input, 'talk'), wordIn(input, 'label')),
  submit: (workplace, input) => workplace.submit(wordIn(input, 'by'), wordIn(input, 'talk'), valuesIn(input)),
  share: (workplace, input) => workplace.share(wordIn(input, 'by'), wordIn(input, 'talk'), fileIn(input)),
};

/** Throws when it is missing or empty. */
function wordIn(input: Json, name: string): string {
  const word = input[name];
  if (typeof word === 'string' && word.trim()) return word;
  throw new Error(`Give ${name}, as a text.`);
}

function valuesIn({ values = {} }: Json): Record<string, string> {
  if (!isObject(values)) throw new Error('Give values, as an object of texts.');
  const pairs = Object.entries(values).map(([name, value]) => {
    if (typeof value !== 'string') throw new Error(`Give ${name} as a text.`);
    return [name, value] as const;
  });
  return Object.fromEntries(pairs);
}

function fileIn(input: Json) {
  const bytes = Buffer.from(wordIn(input, 'base64'), 'base64');
  return { name: wordIn(input, 'name'), kind: input.kind === 'image' ? ('image' as const) : ('file' as const), bytes };
}
