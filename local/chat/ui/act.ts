import { at, isObject, type Json } from '../json';
import type { Delivery, Workspace } from '../workspace';

/** What a person can do in a talk, by the last part of the path. */
export const ACTS: Readonly<Record<string, (workspace: Workspace, input: Json) => Promise<Delivery>>> = {
  say: (workspace, input) =>
    workspace.say(wordIn(input, 'by'), wordIn(input, 'talk'), wordIn(input, 'text'), {
      mention: at(input, 'mention') !== false,
    }),
  press: (workspace, input) => workspace.press(wordIn(input, 'by'), wordIn(input, 'talk'), wordIn(input, 'label')),
  submit: (workspace, input) => workspace.submit(wordIn(input, 'by'), wordIn(input, 'talk'), valuesIn(input)),
  share: (workspace, input) => workspace.share(wordIn(input, 'by'), wordIn(input, 'talk'), fileIn(input)),
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
