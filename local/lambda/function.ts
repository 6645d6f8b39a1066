import { type Environment, openEnvironment } from './environment';
import type { FunctionSettings } from './function-settings';
import { createLimit } from './limit';
import type { InvocationOutcome } from './runtime-api';
import { createEnvironmentPool } from './warm';

export interface InvocationResult extends InvocationOutcome {
  cold: boolean;
  /** Of a cold start: from spawning the process until it asks for work. */
  initMs?: number;
  durationMs: number;
}

export interface LambdaFunction {
  readonly name: string;
  /** Never throws for what the function does: its errors come back as Lambda's API would give them. */
  invoke(event: unknown): Promise<InvocationResult>;
  /**
   * Kills every environment, as a fault of the machine would: what was running ends with Runtime.ExitError, and the next
   * event starts afresh.
   */
  crash(): Promise<void>;
  /** The same, for good. */
  close(): Promise<void>;
}

/** A function that runs as on Lambda: environments are kept warm, reused, and grow with concurrency. */
export function openFunction(settings: FunctionSettings): LambdaFunction {
  const limit = createLimit(settings.concurrency);
  const open = new Set<Environment>();
  const warm = createEnvironmentPool((environment) => open.delete(environment));
  let closed = false;

  async function fresh(): Promise<Environment> {
    const environment = await openEnvironment(settings);
    open.add(environment);
    if (closed) await environment.kill();
    return environment;
  }

  async function use(environment: Environment, event: unknown): Promise<InvocationOutcome & { durationMs: number }> {
    const outcome = await environment.invoke(event);
    if (environment.alive()) warm.put(environment);
    else open.delete(environment);
    return outcome;
  }

  async function coldStart(event: unknown): Promise<InvocationResult> {
    const started = performance.now();
    const environment = await fresh();
    const failure = await environment.init();
    const initMs = performance.now() - started;
    if (!failure) return { ...(await use(environment, event)), cold: true, initMs };
    await environment.kill();
    open.delete(environment);
    return { ...failure, cold: true, initMs, durationMs: 0 };
  }

  async function invoke(event: unknown): Promise<InvocationResult> {
    if (closed) throw new Error(`${settings.name} is closed.`);
    const environment = warm.take();
    return environment ? { ...(await use(environment, event)), cold: false } : coldStart(event);
  }

  async function killAll(): Promise<void> {
    warm.clear();
    await Promise.all([...open].map((environment) => environment.kill()));
    for (const environment of open) if (!environment.alive()) open.delete(environment);
  }

  return {
    name: settings.name,
    invoke: (event) => limit(() => invoke(event)),
    crash: killAll,
    async close() {
      closed = true;
      await killAll();
    },
  };
}
