import { type Environment, type FunctionSettings, openEnvironment } from './environment';
import type { InvocationOutcome } from './runtime-api';

export interface InvocationResult extends InvocationOutcome {
  cold: boolean;
  /** Of a cold start: from spawning the process until it requests the first event. */
  initMs?: number;
  durationMs: number;
}

export interface LambdaFunction {
  readonly name: string;
  /** A function's error is a result, as in Lambda's API, and not thrown. */
  invoke(event: unknown): Promise<InvocationResult>;
  /**
   * Kills every environment, like a failing machine: running invocations end with Runtime.ExitError, and the next event gets a
   * new environment.
   */
  crash(): Promise<void>;
  /** The same, permanently. */
  close(): Promise<void>;
}

/** Runs a function as Lambda does: environments are reused, and their number grows with concurrency. */
export function openFunction(settings: FunctionSettings): LambdaFunction {
  const limit = createLimit(settings.concurrency);
  const open = new Set<Environment>();
  const pool = createEnvironmentPool((environment) => open.delete(environment));
  let closed = false;

  async function createEnvironment(): Promise<Environment> {
    const environment = await openEnvironment(settings);
    open.add(environment);
    if (closed) await environment.kill();
    return environment;
  }

  async function use(environment: Environment, event: unknown): Promise<InvocationOutcome & { durationMs: number }> {
    const outcome = await environment.invoke(event);
    if (environment.isAlive()) pool.put(environment);
    else open.delete(environment);
    return outcome;
  }

  async function coldStart(event: unknown): Promise<InvocationResult> {
    const started = performance.now();
    const environment = await createEnvironment();
    const failure = await environment.init();
    const initMs = performance.now() - started;
    if (!failure) return { ...(await use(environment, event)), cold: true, initMs };
    await environment.kill();
    open.delete(environment);
    return { ...failure, cold: true, initMs, durationMs: 0 };
  }

  async function invoke(event: unknown): Promise<InvocationResult> {
    if (closed) throw new Error(`${settings.name} is closed.`);
    const environment = pool.take();
    return environment ? { ...(await use(environment, event)), cold: false } : coldStart(event);
  }

  async function killAll(): Promise<void> {
    pool.clear();
    await Promise.all([...open].map((environment) => environment.kill()));
    for (const environment of open) if (!environment.isAlive()) open.delete(environment);
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

/** Idle environments. */
interface EnvironmentPool {
  take(): Environment | undefined;
  put(environment: Environment): void;
  clear(): void;
}

/** Lambda also ends idle environments, but only after minutes. */
const IDLE_MS = 10_000;

/** One environment is never ended. @param onRetired called for each environment that is ended because it is idle */
function createEnvironmentPool(onRetired: (environment: Environment) => void): EnvironmentPool {
  const idle = new Map<Environment, NodeJS.Timeout>();

  function retire(environment: Environment): void {
    if (idle.size === 1 || !idle.delete(environment)) return;
    onRetired(environment);
    void environment.kill();
  }

  return {
    take() {
      const warm = [...idle.keys()].filter((environment) => environment.isAlive()).at(-1);
      if (warm) clearTimeout(idle.get(warm));
      if (warm) idle.delete(warm);
      return warm;
    },
    put(environment) {
      idle.set(environment, setTimeout(() => retire(environment), IDLE_MS).unref());
    },
    clear() {
      for (const timer of idle.values()) clearTimeout(timer);
      idle.clear();
    },
  };
}

/** Runs tasks in the order of the calls. */
type Limit = <Result>(task: () => Promise<Result>) => Promise<Result>;

/** @param maxConcurrency of tasks */
function createLimit(maxConcurrency: number): Limit {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function enter(): Promise<void> {
    if (running < maxConcurrency) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  // The slot is passed on, so that a later call cannot overtake a waiting one.
  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return async (task) => {
    await enter();
    try {
      return await task();
    } finally {
      leave();
    }
  };
}
