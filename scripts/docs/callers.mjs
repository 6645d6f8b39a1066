// Outside callers of a function, a topic, a queue or a bus.
import { principals, provisos, row, statementsOf } from './statements.mjs';
import { wordOf, wordsOf } from './template.mjs';

const HEAD = '| Who | May | On | Provided that |\n| --- | --- | --- | --- |';

/** What SAM generates from a function's events; a queue is polled with the function's role. */
const OF_SOURCE = {
  SQS: 'Lambda polls with the role of the function',
  Schedule: '`aws:SourceArn` is the rule of the schedule',
  HttpApi: '`aws:SourceArn` is the route of the API; the function itself verifies who calls',
};

/** The queue or the API that an event of a function names. */
const namedBy = (event) =>
  ['Queue', 'ApiId']
    .flatMap((key) => event.getIn(['Properties', key], true) ?? [])
    .map((node) => ` \`${wordOf(node)}\``);

const ofEvents = ([id, , properties]) =>
  (properties.get('Events')?.items ?? []).map(({ key, value: event }) => {
    const type = event.get('Type');
    const who = `its event \`${key.value}\` (${type}${namedBy(event)})`;
    return row(who, '`lambda:InvokeFunction`', `\`${id}\``, OF_SOURCE[type] ?? '');
  });

const ofPermission = ([, , properties]) => {
  const source = ['SourceAccount', 'SourceArn'].filter((name) => properties.has(name));
  const proviso = source.map((name) => `\`aws:${name}\` is ${wordsOf(properties.get(name, true))}`).join(', ');
  const [who, may, on] = ['Principal', 'Action', 'FunctionName'].map((name) =>
    wordsOf(properties.get(name, true)).join(),
  );
  return [row(who, may, on, proviso)];
};

const ofStatements = (document) =>
  statementsOf(document).map(({ statement, reason, resource }) => {
    const [may, on] = [statement.get('Action', true), resource].map((node) => wordsOf(node).join('<br>'));
    return row(principals(statement).join('<br>'), may, on, provisos(statement).join(', ') || reason);
  });

const ofPolicy = ([, , properties]) => ofStatements(properties.get('PolicyDocument'));

const CALLERS = {
  'AWS::Events::EventBusPolicy': ([, , properties]) => ofStatements(properties),
  'AWS::Lambda::Permission': ofPermission,
  'AWS::Serverless::Function': ofEvents,
  'AWS::SNS::TopicPolicy': ofPolicy,
  'AWS::SQS::QueuePolicy': ofPolicy,
};

/** A section, or none without outside callers. */
export function callerSections(resources) {
  const callers = resources.flatMap((resource) => CALLERS[resource[1]]?.(resource) ?? []);
  return callers.length ? [`### Who may reach it\n\n${HEAD}\n${callers.join('\n')}`] : [];
}
