/** What stands for kill -9: whatever was under way ends here, and nothing catches it. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** Kills at one call: right before it has its effect, or right after. */
export interface Killer {
  /** Which call, counted from 0; none if negative. */
  at: number;
  when: 'before' | 'after';
  /** The calls so far, by name. */
  calls: string[];
  dead: boolean;
}

/** The same object, each method of which may be the last thing that is done. */
export function mortal<T extends object>(port: T, name: string, killer: Killer): T {
  return new Proxy(port, {
    get(target, key) {
      const method: unknown = Reflect.get(target, key);
      if (typeof method !== 'function') return method;
      return (...words: unknown[]) => live(() => method.apply(target, words), `${name}.${String(key)}`, killer);
    },
  });
}

async function live(call: () => unknown, name: string, killer: Killer): Promise<unknown> {
  if (killer.dead) throw new Killed(name);
  const isLast = killer.calls.push(name) - 1 === killer.at;
  if (isLast) killer.dead = true;
  if (isLast && killer.when === 'before') throw new Killed(name);
  const result = await call();
  if (isLast) throw new Killed(name);
  return result;
}
