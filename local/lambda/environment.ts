import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { FunctionSettings } from './function-settings';
import { createAsyncQueue } from './mailbox';
import { type Invocation, type InvocationOutcome, openRuntimeApi, type RuntimeMessage } from './runtime-api';
import { environmentVariables } from './variables';

/** One child process with one Runtime API of its own: what Lambda calls an execution environment. */
export interface Environment {
  /** Loads the code. `undefined` means ready; otherwise the reason why it can never be. */
  init(): Promise<InvocationOutcome | undefined>;
  /** One event at a time. Resolves when the environment is ready for another, or dead. */
  invoke(event: unknown): Promise<InvocationOutcome & { durationMs: number }>;
  alive(): boolean;
  /** Resolves when the process is gone. */
  kill(): Promise<void>;
}

type Happening = RuntimeMessage | { kind: 'exit'; reason: string } | { kind: 'timeout' };

/** Lambda's own limit for the init phase, in seconds (Developer Guide, "Lambda execution environment lifecycle"). */
const INIT_LIMIT = 10;

/** Starts the process; its code is loaded by `init`. Throws when there is no process to be had. */
export async function openEnvironment(settings: FunctionSettings): Promise<Environment> {
  const mailbox = createAsyncQueue<Happening>();
  const api = await openRuntimeApi(mailbox.put);
  const child = spawnRuntime(settings, api.address);
  await once(child, 'spawn').catch((error) => {
    api.close();
    throw error;
  });
  const gone = once(child, 'exit').then(([code, signal]) => {
    api.close();
    mailbox.put({ kind: 'exit', reason: reasonOf(code, signal) });
  });
  let give: ((invocation: Invocation) => void) | undefined;

  const alive = (): boolean => child.exitCode === null && child.signalCode === null;

  async function kill(): Promise<void> {
    child.kill('SIGKILL');
    await gone;
  }

  /** What came of it: an answer, or the reason why there is none. `undefined` means that the runtime asks for work. */
  async function outcome(id: string, seconds: number): Promise<InvocationOutcome | undefined> {
    const happening = await mailbox.take();
    if (happening.kind === 'exit') return failed('Runtime.ExitError', `RequestId: ${id} Error: ${happening.reason}`);
    if (happening.kind === 'timeout') {
      await kill();
      return failed('Sandbox.Timedout', `RequestId: ${id} Error: Task timed out after ${seconds.toFixed(2)} seconds`);
    }
    if (happening.kind === 'next') give = happening.give;
    else return happening.outcome;
  }

  async function within<Result>(milliseconds: number, task: () => Promise<Result>): Promise<Result> {
    const timer = setTimeout(() => mailbox.put({ kind: 'timeout' }), milliseconds);
    return task().finally(() => clearTimeout(timer));
  }

  async function invoke(event: unknown): Promise<InvocationOutcome & { durationMs: number }> {
    const invocation = invocationOf(settings, event);
    const started = performance.now();
    give?.(invocation);
    const result = (await outcome(invocation.id, settings.timeout)) ?? { payload: null };
    const durationMs = performance.now() - started;
    if (alive()) await outcome(invocation.id, settings.timeout);
    return { ...result, durationMs };
  }

  return {
    init: () => within(INIT_LIMIT * 1000, () => outcome(randomUUID(), INIT_LIMIT)),
    invoke: (event) => within((settings.timeout * 1000) / settings.clock.rate, () => invoke(event)),
    alive,
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

/** In the words of Lambda's own sandbox. */
function reasonOf(code: number | null, signal: string | null): string {
  if (signal) return `Runtime exited with error: signal: ${signal === 'SIGKILL' ? 'killed' : signal}`;
  return code ? `Runtime exited with error: exit status ${code}` : 'Runtime exited without providing a reason';
}
