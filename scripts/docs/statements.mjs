// Reads the statements of a policy, with their comments.
import { isMap } from 'yaml';
import { choicesOf, wordsOf } from './template.mjs';

const comments = (...nodes) =>
  nodes
    .flatMap((node) => node?.commentBefore ?? [])
    .map((comment) => comment.trim().replace(/\s*\n\s*/g, ' '))
    .join(' ');

/** A row of a table in Markdown. */
export const row = (...cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** `aws:SourceAccount` is `AWS::AccountId`, for each key of a statement's Condition. */
export function provisos(statement) {
  const tests = statement.get('Condition')?.items ?? [];
  return tests.flatMap(({ key: test, value }) =>
    value.items.map((one) => `\`${one.key.value}\` (${test.value}) is ${wordsOf(one.value).join(' or ')}`),
  );
}

/** `{ when, statement, reason, resource }` of each. A comment before a list's first statement hangs on the list. */
export function statementsOf(document) {
  const list = document.get('Statement');
  return choicesOf(list).map(([when, statement], index) => {
    const resource = statement.items.find(({ key }) => key.value === 'Resource');
    const reason = comments(index ? undefined : list, statement, resource?.key);
    return { when, statement, reason, resource: resource?.value };
  });
}

/** The principals of a statement. */
export const principals = (statement) => {
  const principal = statement.get('Principal', true);
  return isMap(principal) ? principal.items.flatMap(({ value }) => wordsOf(value)) : wordsOf(principal);
};
