import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean);
const isTest = (file: string): boolean => /\.(test|fixture|contract|stories)\.ts$/.test(file);

const EXPORT = /^export (?:async )?(?:const|let|function|class|interface|type|enum) (\w+)/gm;

/** Files of the chat layer's platform folders are parallel: the same role has the same name in each. */
const parallel = (file: string): string => file.replace(/^(layers\/im)\/[a-z]+\//, '$1/<platform>/');

it('an exported name has one definition in functions/ and layers/', () => {
  const places = new Map<string, Set<string>>();
  for (const file of tracked.filter((path) => /^(functions|layers)\/.*\.ts$/.test(path) && !isTest(path)))
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(EXPORT))
      places.set(name, (places.get(name) ?? new Set()).add(parallel(file)));
  // Lambda wants each entry to be called so.
  places.delete('handler');
  expect(
    Object.fromEntries([...places].filter(([, files]) => files.size > 1).map(([name, files]) => [name, [...files]])),
  ).toEqual({});
});

/** Words of an earlier private vocabulary; docs/glossary.md has the words that replaced them. */
const BANNED =
  /\b(told|whom|whoever|somebody|nobody|mend(s|ed|ing)?|lest|bureau|anew|lately|overhear\w*|misunderstanding|PATIENCE|Said|Told|Heard|Bureau|Standing|standings|SupportTrouble|theirs|comes again|is at it)\b/;

/** What other people wrote: events, licenses, the lock file. This file names the words. */
const QUOTED =
  /^(events\/|LICENSE|package-lock\.json|\.ci\/requirements\.txt|tests\/gates\/names\.test\.ts)|\.(json|txt)$/;

it('no file uses a word of the earlier private vocabulary', () => {
  const found = tracked
    .filter((file) => !QUOTED.test(file))
    .flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, index) => {
          const [word] = BANNED.exec(line) ?? [];
          return word ? [`${file}:${index + 1}: ${word}`] : [];
        }),
    );
  expect(found).toEqual([]);
});

it('the glossary explains at most forty words', () => {
  const words = readFileSync('docs/glossary.md', 'utf8').match(/^\| \*\*/gm) ?? [];
  expect(words.length).toBeGreaterThan(20);
  expect(words.length).toBeLessThanOrEqual(40);
});

it('log events are a noun and a past participle, and errors end in Error', () => {
  const source = tracked
    .filter((file) => /^(functions|layers)\/.*\.ts$/.test(file) && !isTest(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const events = [...source.matchAll(/\blog\.(?:info|warn|error)\(\s*'([^']+)'/g)].map(([, event = '']) => event);
  expect(events.length).toBeGreaterThan(20);
  expect(events.filter((event) => !/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/.test(event))).toEqual([]);
  const errors = [...source.matchAll(/class (\w+) extends (?:\w*Error)\b/g)].map(([, name = '']) => name);
  expect(errors.filter((name) => !name.endsWith('Error'))).toEqual([]);
});
