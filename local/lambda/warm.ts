import type { Environment } from './environment';

/** Environments that are ready for another event. */
export interface EnvironmentPool {
  take(): Environment | undefined;
  put(environment: Environment): void;
  clear(): void;
}

/** In ms. Lambda, too, ends environments that have nothing to do, but only after minutes. */
const IDLE_MS = 10_000;

/** One of them stays warm for good. @param retired hears of each that was ended for want of work. */
export function createEnvironmentPool(retired: (environment: Environment) => void): EnvironmentPool {
  const idle = new Map<Environment, NodeJS.Timeout>();

  function retire(environment: Environment): void {
    if (idle.size === 1 || !idle.delete(environment)) return;
    retired(environment);
    void environment.kill();
  }

  return {
    take() {
      const warm = [...idle.keys()].filter((environment) => environment.alive()).at(-1);
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
