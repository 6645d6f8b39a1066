import { type InvocationResult, type LambdaFunction, openFunction } from '../../lambda/function';
import { mappingOf, textOf } from '../mapping';
import type { Properties } from '../properties';
import { arnOf, type CreateResource, defaultName, type StackContext } from '../site';
import { codeFolder } from './code-folder';
import { connectEvents } from './function-events';
import { layerFolder } from './layer-folder';

const USED = [
  ...[
    'CodeUri',
    'Environment',
    'Events',
    'FunctionName',
    'Handler',
    'Layers',
    'LoggingConfig',
    'MemorySize',
    'Timeout',
  ],
];
const UNUSED = [
  ...['Architectures', 'Description', 'EphemeralStorage', 'EventInvokeConfig', 'KmsKeyArn', 'Policies'],
  ...['PermissionsBoundary', 'RecursiveLoop', 'Role', 'RolePath', 'Runtime', 'RuntimeManagementConfig', 'SnapStart'],
  ...['Tags', 'Tracing', 'PropagateTags'],
];

/** How many environments a function without ReservedConcurrentExecutions may have on this machine. */
const CONCURRENCY = 10;

/** AWS::Serverless::Function. Defaults of Timeout and MemorySize are Lambda's. */
export const createFunction: CreateResource = async (id, properties, site) => {
  properties.rejectUnknown([...USED, ...UNUSED, 'ReservedConcurrentExecutions']);
  const name = properties.text('FunctionName') ?? defaultName(id, site);
  const arn = arnOf('lambda', `function:${name}`, site);
  const timeout = properties.number('Timeout') ?? 3;
  const started = openFunction({
    name,
    timeout,
    region: site.region,
    arn,
    root: await codeFolder(properties.requiredText('CodeUri'), site.folder),
    handler: properties.requiredText('Handler'),
    memory: properties.number('MemorySize') ?? 128,
    opt: await optOf(properties, site),
    variables: { ...variablesOf(properties), ...site.environment },
    concurrency: properties.number('ReservedConcurrentExecutions') ?? CONCURRENCY,
    logFormat: textOf(properties.mapping('LoggingConfig').LogFormat ?? 'Text', 'LogFormat'),
    clock: site.clock,
    bootstrap: site.bootstrap,
    log: (_name, line) => site.log(id, line),
  });
  const code = overheard(started, (event, invoked) => site.onInvoked?.(id, event, invoked));
  site.functions.set(id, code);
  await connectEvents(properties.mapping('Events'), { code, timeout, log: (line) => site.log(id, line) }, site);
  return { ref: name, attributes: { Arn: arn } };
};

const overheard = (
  code: LambdaFunction,
  hear: (event: unknown, invoked: InvocationResult) => void,
): LambdaFunction => ({
  ...code,
  async invoke(event) {
    const invoked = await code.invoke(event);
    hear(event, invoked);
    return invoked;
  },
});

async function optOf(properties: Properties, site: StackContext): Promise<string> {
  const layers = properties.list('Layers').map((layer) => textOf(layer, 'Each of Layers'));
  return site.opt(await Promise.all(layers.map((layer) => layerFolder(layer, site))));
}

function variablesOf(properties: Properties): Record<string, string> {
  const variables = mappingOf(properties.mapping('Environment').Variables, 'Environment: Variables');
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, textOf(value, name)]));
}
