#!/usr/bin/env node
// Writes docs/permissions.md from the templates; with --print it goes to the screen instead.
import { readdirSync, writeFileSync } from 'node:fs';
import { format } from 'node:util';
import { isMap } from 'yaml';
import { choicesOf, readTemplate, resourcesOf, wordOf, wordsOf } from './template.mjs';

const PAGE = 'docs/permissions.md';

const INTRODUCTION = `# Permissions

What each role of Casebell may do and why, and who may reach it: written from the templates by \`npm run docs\`, never by hand.
Names such as \`OutboxTable\` are resources or parameters of the template. No function has a permission that is not on this page: the
roles are the template's own, and the Serverless Application Model adds nothing to them. CI compares them with what it translates.

本页由 \`npm run docs\` 根据模板生成：每个函数的角色能做什么、为什么，以及谁能访问它。表中没有的权限，函数都没有。`;

const BY_ROLE = '| May | On | Why | Only |\n| --- | --- | --- | --- |';
const BY_GUEST = '| Who | May | On | Provided that |\n| --- | --- | --- | --- |';

/** `ReadTheWebhooks` is "Read the webhooks". */
const sentence = (sid) => sid.replace(/(?<!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const comments = (...nodes) =>
  nodes
    .flatMap((node) => node?.commentBefore ?? [])
    .map((comment) => comment.trim().replace(/\s*\n\s*/g, ' '))
    .join(' ');

const row = (...cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** `aws:SourceAccount` is `AWS::AccountId`, for each key of a statement's Condition. */
function provisos(statement) {
  const tests = statement.get('Condition')?.items ?? [];
  return tests.flatMap(({ key: test, value }) =>
    value.items.map((one) => `\`${one.key.value}\` (${test.value}) is ${wordsOf(one.value).join(' or ')}`),
  );
}

/** A comment before a list's first statement hangs on the list. */
function statementsOf(document) {
  const list = document.get('Statement');
  return choicesOf(list).map(([when, statement], index) => {
    const resource = statement.items.find(({ key }) => key.value === 'Resource');
    const reason = comments(index ? undefined : list, statement, resource?.key);
    return { when, statement, reason, resource: resource?.value };
  });
}

function permission(name, { when, statement, reason, resource }) {
  const why = [`${sentence(statement.get('Sid') ?? name)}.`, reason].filter(Boolean).join(' ');
  const where = [wordsOf(resource).join('<br>'), ...provisos(statement).map((one) => `where ${one}`)].join('<br>');
  return row(wordsOf(statement.get('Action', true)).join('<br>'), where, why, when);
}

/** A role's own policies, and those that are attached to it, each with the condition under which it is. */
function rowsOf(role, resources) {
  const own = (role.get('Policies')?.items ?? []).map((policy) => ({ when: '', name: policy.get('PolicyName'), policy }));
  const attached = choicesOf(role.get('ManagedPolicyArns', true))
    .filter(([, node]) => node !== undefined)
    .map(([when, node]) => ({ when, name: wordOf(node), policy: managedPolicy(wordOf(node), resources) }));
  return [...own, ...attached].flatMap(({ when, name, policy }) =>
    statementsOf(policy.get('PolicyDocument')).map((one) =>
      permission(name, { ...one, when: [when, one.when].filter(Boolean).join(', ') }),
    ),
  );
}

function managedPolicy(id, resources) {
  const [, , properties] = resources.find(([name]) => name === id) ?? [];
  if (!properties) throw new Error(format('The policy %s is not in the template, so its permissions are not known.', id));
  return properties;
}

const principals = (statement) => {
  const principal = statement.get('Principal', true);
  return isMap(principal) ? principal.items.flatMap(({ value }) => wordsOf(value)) : wordsOf(principal);
};

function roleSection([id, , properties], resources) {
  const users = resources.filter(([, , other]) => other?.get('Role') && wordOf(other.get('Role', true)) === id);
  const [{ statement }] = statementsOf(properties.get('AssumeRolePolicyDocument'));
  const trust = [principals(statement).join(', '), ...provisos(statement)].join(', if ');
  const title = users.map(([name]) => name).join(', ') || id;
  return `### ${title}\n\n${properties.get('Description')}. Role \`${id}\`, assumed by ${trust}.\n\n${BY_ROLE}\n${rowsOf(properties, resources).join('\n')}`;
}

const GUESTS = {
  'AWS::Lambda::Permission': ([, , properties]) => [
    row(
      `\`${properties.get('Principal')}\``,
      `\`${properties.get('Action')}\``,
      wordsOf(properties.get('FunctionName', true)).join(),
      ['SourceAccount', 'SourceArn']
        .filter((name) => properties.has(name))
        .map((name) => `\`aws:${name}\` is ${wordsOf(properties.get(name, true))}`)
        .join(', '),
    ),
  ],
  'AWS::Serverless::Function': ([id, , properties]) =>
    (properties.get('Events')?.items ?? []).map(({ key, value }) =>
      row(sourceOf(key.value, value), '`lambda:InvokeFunction`', `\`${id}\``, OF_SOURCE[value.get('Type')]),
    ),
};

const sourceOf = (name, event) =>
  `its event \`${name}\` (${event.get('Type')}${['Queue', 'ApiId'].map((key) => event.getIn(['Properties', key], true)).filter(Boolean).map((node) => ` \`${wordOf(node)}\``)})`;

/** What SAM makes of a function's events; a queue is polled with the function's own role. */
const OF_SOURCE = {
  SQS: "Lambda polls with the function's role",
  Schedule: "`aws:SourceArn` is the schedule's rule",
  HttpApi: "`aws:SourceArn` is the API's route; the function itself verifies who calls",
};

const ofResourcePolicy = ([, , properties]) =>
  statementsOf(properties.get('PolicyDocument')).map(({ statement, resource }) =>
    row(
      principals(statement).join('<br>'),
      wordsOf(statement.get('Action', true)).join('<br>'),
      wordsOf(resource).join('<br>'),
      provisos(statement).join(', '),
    ),
  );
for (const type of ['AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy']) GUESTS[type] = ofResourcePolicy;

function chapter(file) {
  const resources = resourcesOf(readTemplate(file));
  const roles = resources.filter(([, type]) => type === 'AWS::IAM::Role').map((role) => roleSection(role, resources));
  const guests = resources.flatMap((resource) => GUESTS[resource[1]]?.(resource) ?? []);
  const reached = guests.length ? [`### Who may reach it\n\n${BY_GUEST}\n${guests.join('\n')}`] : [];
  return [`## ${file}`, ...roles, ...reached].join('\n\n');
}

const organization = readdirSync('organization').filter((name) => name.endsWith('.yaml'));
const files = ['template.yaml', ...organization.sort().map((name) => `organization/${name}`)];
const page = `${[INTRODUCTION, ...files.map(chapter)].join('\n\n')}\n`;
if (process.argv.includes('--print')) process.stdout.write(page);
else writeFileSync(PAGE, page);
