import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Clock } from '../clock';
import {
  createAsyncQueue,
  type Invocation,
  type InvocationOutcome,
  openRuntimeApi,
  type RuntimeMessage,
} from './runtime-api';

export interface FunctionSettings {
  name: string;
  region: string;
  arn: string;
  /** Absolute folder of the code, LAMBDA_TASK_ROOT. */
  root: string;
  /** `file.export`, relative to the root. */
  handler: string;
  /** Seconds of the clock. */
  timeout: number;
  /** MB; visible to the function, not enforced. */
  memory: number;
  /** The local folder in place of `/opt`. */
  opt: string;
  variables: Readonly<Record<string, string>>;
  /** Maximum number of execution environments; further calls wait. */
  concurrency: number;
  /** Of LoggingConfig: the format of `console` output. */
  logFormat: string;
  /** The clock of the function's processes, with its state at the start of each event. */
  clock: Clock;
  /** The compiled `bootstrap.ts`. */
  bootstrap: string;
  /** Called with every line of the function's output. */
  log(functionName: string, line: string): void;
}

/** A Lambda execution environment: one child process with one Runtime API. */
export interface Environment {
  /** Loads the code. Returns undefined when ready, otherwise the failure. */
  init(): Promise<InvocationOutcome | undefined>;
  /** Handles one event at a time. Resolves when the environment is ready for another event or has ended. */
  invoke(event: unknown): Promise<InvocationOutcome & { durationMs: number }>;
  isAlive(): boolean;
  /** Resolves when the process has ended. */
  kill(): Promise<void>;
}

type EnvironmentEvent = RuntimeMessage | { kind: 'exit'; reason: string } | { kind: 'timeout' };

/** Lambda's limit for the init phase (Developer Guide, "Lambda execution environment lifecycle"). */
const INIT_TIMEOUT_SECONDS = 10;

/** Starts the process; `init` loads its code. @throws when no process can be started */
export async function openEnvironment(settings: FunctionSettings): Promise<Environment> {
  const messages = createAsyncQueue<EnvironmentEvent>();
  const api = await openRuntimeApi(messages.put);
  const child = spawnRuntime(settings, api.address);
  await once(child, 'spawn').catch((error) => {
    api.close();
    throw error;
  });
  const exited = once(child, 'exit').then(([code, signal]) => {
    api.close();
    messages.put({ kind: 'exit', reason: reasonOf(code, signal) });
  });
  let sendEvent: ((invocation: Invocation) => void) | undefined;

  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;

  async function kill(): Promise<void> {
    child.kill('SIGKILL');
    await exited;
  }

  /** The result, or the reason why there is none. Undefined when the runtime requests the next event. */
  async function outcome(id: string, seconds: number): Promise<InvocationOutcome | undefined> {
    const event = await messages.take();
    if (event.kind === 'exit') return failed('Runtime.ExitError', `RequestId: ${id} Error: ${event.reason}`);
    if (event.kind === 'timeout') {
      await kill();
      return failed('Sandbox.Timedout', `RequestId: ${id} Error: Task timed out after ${seconds.toFixed(2)} seconds`);
    }
    if (event.kind === 'next') sendEvent = event.respond;
    else return event.outcome;
  }

  async function within<Result>(milliseconds: number, task: () => Promise<Result>): Promise<Result> {
    const timer = setTimeout(() => messages.put({ kind: 'timeout' }), milliseconds);
    return task().finally(() => clearTimeout(timer));
  }

  async function invoke(event: unknown): Promise<InvocationOutcome & { durationMs: number }> {
    const invocation = invocationOf(settings, event);
    const started = performance.now();
    sendEvent?.(invocation);
    const result = (await outcome(invocation.id, settings.timeout)) ?? { payload: null };
    const durationMs = performance.now() - started;
    if (isAlive()) await outcome(invocation.id, settings.timeout);
    return { ...result, durationMs };
  }

  return {
    init: () => within(INIT_TIMEOUT_SECONDS * 1000, () => outcome(randomUUID(), INIT_TIMEOUT_SECONDS)),
    invoke: (event) => within((settings.timeout * 1000) / settings.clock.rate, () => invoke(event)),
    isAlive,
    kill,
  };
}

function spawnRuntime(settings: FunctionSettings, runtimeApi: string): ChildProcess {
  const child = spawn(process.execPath, [settings.bootstrap], {
    cwd: settings.root,
    env: environmentVariables(settings, runtimeApi),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const input of [child.stdout, child.stderr])
    createInterface({ input }).on('line', (line) => settings.log(settings.name, line));
  return child;
}

function invocationOf({ arn, timeout, clock }: FunctionSettings, event: unknown): Invocation {
  const id = randomUUID();
  const now = Math.floor(clock.now());
  return {
    id,
    arn,
    event,
    trace: `Root=1-${Math.floor(now / 1000).toString(16)}-${id.replaceAll('-', '').slice(8)};Sampled=0`,
    deadline: now + timeout * 1000,
    clock: clock.state(),
  };
}

function failed(errorType: string, errorMessage: string): InvocationOutcome {
  return { payload: { errorType, errorMessage }, functionError: 'Unhandled' };
}

/** Lambda's own messages. */
function reasonOf(code: number | null, signal: string | null): string {
  if (signal) return `Runtime exited with error: signal: ${signal === 'SIGKILL' ? 'killed' : signal}`;
  return code ? `Runtime exited with error: exit status ${code}` : 'Runtime exited without providing a reason';
}

/** Replaces `/opt` in a path or a `:`-separated list by the local folder of the layers. */
function relocate(value: string, opt: string): string {
  const relocated = (part: string): string => (/^\/opt(\/|$)/.test(part) ? opt + part.slice('/opt'.length) : part);
  return value.split(':').map(relocated).join(':');
}

/**
 * A function's environment variables: those that Lambda sets (Developer Guide, "Defined runtime environment variables") and the
 * function's own. Of this process's environment only PATH is passed on.
 */
function environmentVariables(settings: FunctionSettings, runtimeApi: string): Record<string, string> {
  const own = Object.entries(settings.variables).map(([name, value]) => [name, relocate(value, settings.opt)]);
  return {
    PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    NODE_PATH: join(settings.opt, 'nodejs/node_modules'),
    AWS_REGION: settings.region,
    AWS_DEFAULT_REGION: settings.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
    AWS_LAMBDA_FUNCTION_NAME: settings.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memory),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${settings.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_LOG_FORMAT: settings.logFormat,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    ...Object.fromEntries(own),
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    LAMBDA_TASK_ROOT: settings.root,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    _HANDLER: settings.handler,
  };
}
