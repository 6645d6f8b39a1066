import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { formatWithOptions } from 'node:util';
import { createClockFollower } from './follow-clock';
import { openRuntimeClient, type RuntimeInvocation } from './runtime-client';

/** Runs inside an execution environment, in place of Lambda's managed Node.js runtime. */
const client = openRuntimeClient(variable('AWS_LAMBDA_RUNTIME_API'));

const follow = createClockFollower(globalThis);

let current: string | undefined;

function variable(name: string): string {
  return process.env[name] ?? '';
}

function failureOf(error: unknown): { errorType: string; errorMessage: string; trace: string[] } {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
}

async function report(path: string, what: string, error: unknown): Promise<void> {
  const failure = failureOf(error);
  console.error(`ERROR\t${what}\t${JSON.stringify(failure)}`);
  await client.fail(path, failure);
}

function contextOf({ id, arn, deadline }: RuntimeInvocation): object {
  return {
    awsRequestId: id,
    invokedFunctionArn: arn,
    functionName: variable('AWS_LAMBDA_FUNCTION_NAME'),
    functionVersion: variable('AWS_LAMBDA_FUNCTION_VERSION'),
    memoryLimitInMB: variable('AWS_LAMBDA_FUNCTION_MEMORY_SIZE'),
    logGroupName: variable('AWS_LAMBDA_LOG_GROUP_NAME'),
    logStreamName: variable('AWS_LAMBDA_LOG_STREAM_NAME'),
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

async function serve(handler: Handler, work: RuntimeInvocation): Promise<void> {
  current = work.id;
  if (work.clock) follow(work.clock);
  process.env._X_AMZN_TRACE_ID = work.trace;
  try {
    await client.respond(work.id, await handler(work.event, contextOf(work)));
  } catch (error) {
    await report(`invocation/${work.id}/error`, 'Invoke Error', error);
  }
  current = undefined;
}

/** Exit codes 129 and 128 are those of AWS's own runtime for an uncaught exception and an unhandled rejection. */
async function crash(error: unknown, code: number): Promise<void> {
  if (current) await report(`invocation/${current}/error`, 'Uncaught Exception', error);
  process.exit(code);
}

type Handler = (event: unknown, context: unknown) => unknown;

/** Named as in Lambda's managed Node.js runtime. */
class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = `Runtime.${name}`;
  }
}

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

/**
 * Loads the function that `_HANDLER` names, e.g. `index.handler` under the task root; CommonJS only, as the build writes it.
 * @throws Runtime.MalformedHandlerName, ImportModuleError, UserCodeSyntaxError or HandlerNotFound, as Lambda does
 */
function loadHandler(root: string, name: string): Handler {
  const [stem, key] = basename(name).split('.');
  if (!stem || !key) throw new RuntimeError('MalformedHandlerName', 'Bad handler');
  const found = Object(loadModule(join(root, dirname(name), `${stem}.js`)))[key];
  if (!isHandler(found)) throw new RuntimeError('HandlerNotFound', `${name} is undefined or not exported`);
  return found;
}

function loadModule(file: string): unknown {
  try {
    return createRequire(file)(file);
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeError('UserCodeSyntaxError', String(error));
    const isMissing = error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
    throw isMissing ? new RuntimeError('ImportModuleError', String(error)) : error;
  }
}

async function start(): Promise<Handler> {
  try {
    return loadHandler(variable('LAMBDA_TASK_ROOT'), variable('_HANDLER'));
  } catch (error) {
    await report('init/error', 'Uncaught Exception', error);
    process.exit(1);
  }
}

async function run(): Promise<void> {
  if (variable('AWS_LAMBDA_LOG_FORMAT') === 'JSON') patchConsole(console, () => current);
  process.on('uncaughtException', (error) => crash(error, 129));
  process.on('unhandledRejection', (error) => crash(error, 128));
  const handler = await start();
  for (;;) await serve(handler, await client.next());
}

const LEVELS = { debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' } as const;

/**
 * Lambda's JSON log format: every call of `console` writes one line with timestamp, level, requestId and message; a single
 * object stays an object (Developer Guide, "Using Lambda advanced logging controls with Node.js").
 */
function patchConsole(target: Console, requestId: () => string | undefined): void {
  for (const method of Object.keys(LEVELS) as (keyof typeof LEVELS)[]) {
    target[method] = (...values: unknown[]) => {
      const line = {
        timestamp: new Date().toISOString(),
        level: LEVELS[method],
        requestId: requestId(),
        message: messageOf(values),
      };
      process.stdout.write(`${JSON.stringify(line)}\n`);
    };
  }
}

function messageOf(values: unknown[]): unknown {
  const [first] = values;
  const isSingleObject =
    values.length === 1 && typeof first === 'object' && first !== null && !(first instanceof Error);
  return isSingleObject ? first : formatWithOptions({ breakLength: Number.POSITIVE_INFINITY }, ...values);
}

run();
