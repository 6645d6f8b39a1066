import { type InvocationResult, type LambdaFunction, openFunction } from '../../lambda/function';
import { arnOf, type CreateResource, defaultName, type StackContext } from '../context';
import { createProperties, type Mapping, mappingOf, type Properties, TemplateError, textOf } from '../values';
import { type Deployed, EVENT_SOURCES } from './event-source';
import { codeFolder, layerFolder } from './layer-version';

const USED = [
  ...['CodeUri', 'Environment', 'Events', 'FunctionName', 'Handler', 'Layers', 'LoggingConfig', 'MemorySize'],
  'Timeout',
];
const UNUSED = [
  ...['Architectures', 'Description', 'EphemeralStorage', 'EventInvokeConfig', 'KmsKeyArn', 'Policies'],
  ...['PermissionsBoundary', 'RecursiveLoop', 'Role', 'RolePath', 'Runtime', 'RuntimeManagementConfig', 'SnapStart'],
  ...['Tags', 'Tracing', 'PropagateTags'],
];

/** Maximum number of environments of a function without ReservedConcurrentExecutions. */
const DEFAULT_CONCURRENCY = 10;

/** AWS::Serverless::Function. Defaults of Timeout and MemorySize are Lambda's. */
export const createFunction: CreateResource = async (id, properties, context) => {
  properties.rejectUnknown([...USED, ...UNUSED, 'ReservedConcurrentExecutions']);
  const name = properties.text('FunctionName') ?? defaultName(id, context);
  const arn = arnOf('lambda', `function:${name}`, context);
  const timeout = properties.number('Timeout') ?? 3;
  const started = openFunction({
    name,
    timeout,
    region: context.region,
    arn,
    root: await codeFolder(properties.requiredText('CodeUri'), context.folder),
    handler: properties.requiredText('Handler'),
    memory: properties.number('MemorySize') ?? 128,
    opt: await optOf(properties, context),
    variables: { ...variablesOf(properties), ...context.environment },
    concurrency: properties.number('ReservedConcurrentExecutions') ?? DEFAULT_CONCURRENCY,
    logFormat: textOf(properties.mapping('LoggingConfig').LogFormat ?? 'Text', 'LogFormat'),
    clock: context.clock,
    bootstrap: context.bootstrap,
    log: (_name, line) => context.log(id, line),
  });
  const code = withCallback(started, (event, invoked) => context.onInvoked?.(id, event, invoked));
  context.functions.set(id, code);
  await connectEvents(properties.mapping('Events'), { code, timeout, log: (line) => context.log(id, line) }, context);
  return { ref: name, attributes: { Arn: arn } };
};

const withCallback = (
  code: LambdaFunction,
  onInvoked: (event: unknown, invoked: InvocationResult) => void,
): LambdaFunction => ({
  ...code,
  async invoke(event) {
    const invoked = await code.invoke(event);
    onInvoked(event, invoked);
    return invoked;
  },
});

async function optOf(properties: Properties, context: StackContext): Promise<string> {
  const layers = properties.list('Layers').map((layer) => textOf(layer, 'Each of Layers'));
  return context.opt(await Promise.all(layers.map((layer) => layerFolder(layer, context))));
}

function variablesOf(properties: Properties): Record<string, string> {
  const variables = mappingOf(properties.mapping('Environment').Variables, 'Environment: Variables');
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, textOf(value, name)]));
}

/** The Events of an AWS::Serverless::Function. */
async function connectEvents(events: Mapping, deployed: Deployed, context: StackContext): Promise<void> {
  for (const [name, event] of Object.entries(events)) {
    const { Type, Properties } = mappingOf(event, `Event ${name}`);
    const connect = EVENT_SOURCES[String(Type)];
    if (!connect) throw new TemplateError(`Event ${name}: the type ${Type} is not supported by the local stack.`);
    await connect(name, createProperties(mappingOf(Properties, `Event ${name}: Properties`)), deployed, context);
  }
}
