// The calls between resources, from the template's targets, subscriptions, events, redrive policies and permissions.
import { choices, namesIn } from './resources.mjs';

/** The target of a statement that names no resource of the template. */
const ELSEWHERE = { bedrock: 'Amazon Bedrock', sts: 'roles in other accounts', support: 'AWS Support' };
/** Every function has these; they are no calls to another resource. */
const OF_ALL = ['kms', 'logs', 'xray'];

const EDGES = {
  'AWS::Events::Rule': ({ id, properties }) => namesIn(properties.Targets).map((to) => ({ from: id, to, says: '' })),
  'AWS::SNS::Subscription': ({ properties }) =>
    namesIn(properties.Endpoint).map((to) => ({ from: namesIn(properties.TopicArn)[0], to, says: '' })),
  'AWS::SQS::Queue': ({ id, properties: { RedrivePolicy } }) =>
    namesIn(RedrivePolicy).map((to) => ({
      from: id,
      to,
      says: `after ${RedrivePolicy.maxReceiveCount} tries`,
      rare: true,
    })),
  'AWS::SNS::TopicPolicy': ({ properties }) =>
    choices(properties.PolicyDocument.Statement).map(({ Principal }) => ({
      from: `may publish:<br/>${[Principal.Service].flat().map(serviceOf).join(', ')}`,
      to: namesIn(properties.Topics)[0],
      says: '',
      rare: true,
    })),
  'AWS::Lambda::Permission': ({ properties }) => [
    { from: 'an alarm with a Lambda action', to: namesIn(properties.FunctionName)[0], says: '', rare: true },
  ],
  'AWS::Serverless::Function': (resource, all) => [...callersOf(resource), ...calledBy(resource, all)],
};

const serviceOf = (principal) => principal.split('.')[0];

/** All edges of the template; an end that is no resource has a name. */
export const edgesOf = (resources) => resources.flatMap((one) => EDGES[one.type]?.(one, resources) ?? []);

const SOURCES = {
  SQS: ({ Queue, BatchSize = 10 }) => [
    namesIn(Queue)[0],
    BatchSize > 1 ? `up to ${BatchSize} at a time` : 'one at a time',
  ],
  Schedule: ({ Schedule }) => [`schedule:<br/>${choices(Schedule).map(rateOf).join(' or ')}`, ''],
  HttpApi: ({ ApiId, Method, Path }) => [namesIn(ApiId)[0], `${Method} ${Path.replace(/[{}]/g, '')}`],
};

const rateOf = (rate) =>
  String(rate.Sub ?? rate)
    .replace(/^rate\((.*)\)$/, '$1')
    .replace(/\$\{(\w+)\}/, '$1');

const callersOf = ({ id, properties: { Events = {} } }) =>
  Object.values(Events).map(({ Type, Properties }) => {
    const [from, says] = SOURCES[Type](Properties);
    return { from, to: id, says };
  });

/** By its permissions, each under the name that the statement has. */
function calledBy({ id, properties }, all) {
  const roles = namesIn(properties.Role).flatMap((name) => all.filter((one) => one.id === name));
  const policies = [properties, ...roles.map((role) => role.properties)].flatMap((one) =>
    choices([one.Policies ?? [], one.ManagedPolicyArns ?? []]),
  );
  const documents = policies.flatMap((policy) => documentOf(policy, all));
  return documents.flatMap(({ Statement }) => choices(Statement).flatMap((statement) => called(id, statement, all)));
}

function documentOf(policy, all) {
  if (policy.Statement) return [policy];
  if (policy.PolicyDocument) return [policy.PolicyDocument];
  return all.filter(({ id }) => id === policy.Ref).map(({ properties }) => properties.PolicyDocument);
}

function called(from, { Sid, Action, Resource }, all) {
  const [service] = [Action].flat()[0].split(':');
  // The function's events already show that Lambda receives from its queues.
  if (OF_ALL.includes(service) || [Action].flat().includes('sqs:ReceiveMessage')) return [];
  const named = namesIn(Resource).filter((name) => all.some(({ id }) => id === name));
  const ends = named.length > 0 ? named : [ELSEWHERE[service] ?? service];
  return ends.map((to) => ({ from, to, says: sentence(Sid) }));
}

/** `ReadWriteOutbox` as "read write outbox". */
const sentence = (sid) => sid.replace(/[A-Z]/g, (letter, at) => `${at ? ' ' : ''}${letter.toLowerCase()}`);
