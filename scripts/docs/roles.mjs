// The permissions of each role: actions, resources and reasons.
import { principals, provisos, row, statementsOf } from './statements.mjs';
import { choicesOf, wordOf, wordsOf } from './template.mjs';

const HEAD = '| May | On | Why | Only |\n| --- | --- | --- | --- |';
/** `ReadWebhookSecret` as "Read webhook secret". */
const sentence = (sid) => sid.replace(/(?<!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function permission(name, { when, statement, reason, resource }) {
  const why = [`${sentence(statement.get('Sid') ?? name)}.`, reason].filter(Boolean).join(' ');
  const where = [wordsOf(resource).join('<br>'), ...provisos(statement).map((one) => `where ${one}`)].join('<br>');
  return row(wordsOf(statement.get('Action', true)).join('<br>'), where, why, when);
}

function managedPolicy(id, resources) {
  const [, , properties] = resources.find(([name]) => name === id) ?? [];
  if (!properties) throw new Error(`The policy ${id} is not in the template, so what it allows is not known.`);
  return properties;
}

/** A role's inline and attached policies, each with its condition. */
function rowsOf(role, resources) {
  const own = (role.get('Policies')?.items ?? []).map((policy) => ({
    when: '',
    name: policy.get('PolicyName'),
    policy,
  }));
  const attached = choicesOf(role.get('ManagedPolicyArns', true))
    .filter(([, node]) => node !== undefined)
    .map(([when, node]) => ({ when, name: wordOf(node), policy: managedPolicy(wordOf(node), resources) }));
  return [...own, ...attached].flatMap(({ when, name, policy }) =>
    statementsOf(policy.get('PolicyDocument')).map((one) =>
      permission(name, { ...one, when: [when, one.when].filter(Boolean).join(', ') }),
    ),
  );
}

/** A section on one role of a template, with the table of its permissions. */
export function roleSection([id, , properties], resources) {
  const users = resources.filter(([, , other]) => other?.get('Role') && wordOf(other.get('Role', true)) === id);
  const [{ statement }] = statementsOf(properties.get('AssumeRolePolicyDocument'));
  const trust = [principals(statement).join(', '), ...provisos(statement)].join(', if ');
  const about = `${properties.get('Description')}. Role \`${id}\`, assumed by ${trust}.`;
  const title = users.map(([name]) => name).join(', ') || id;
  return `### ${title}\n\n${about}\n\n${HEAD}\n${rowsOf(properties, resources).join('\n')}`;
}
