import type { BotContext, WorkerContext } from './domain/context';
import type { TestContext } from './test-context.fixture';

/** Stands for kill -9: the work ends here, and no code of the product sees it. */
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
  isDead: boolean;
}

export const createKiller = (at = -1, when: Killer['when'] = 'after'): Killer => ({
  at,
  when,
  calls: [],
  isDead: false,
});

/** The same object; each call of its methods may be the last. */
export function mortal<T extends object>(port: T, name: string, killer: Killer): T {
  return new Proxy(port, {
    get(target, key) {
      const method: unknown = Reflect.get(target, key);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) => live(() => method.apply(target, args), `${name}.${String(key)}`, killer);
    },
  });
}

async function live(call: () => unknown, name: string, killer: Killer): Promise<unknown> {
  if (killer.isDead) throw new Killed(name);
  const isLast = killer.calls.push(name) - 1 === killer.at;
  if (isLast) killer.isDead = true;
  if (isLast && killer.when === 'before') throw new Killed(name);
  const result = await call();
  if (isLast) throw new Killed(name);
  return result;
}

/** The contexts of a worker that may die at each call of AWS Support, the store and the chat. */
export function mortalContexts(
  { ctx, worker }: TestContext,
  killer: Killer,
): { ctx: BotContext; worker: WorkerContext } {
  const { accounts } = ctx;
  const [store, app] = [mortal(ctx.store, 'store', killer), mortal(ctx.app, 'chat', killer)];
  const client = (account: string) => mortal(accounts.supportClient(account), 'aws', killer);
  const mine: BotContext = { ...ctx, store, app, accounts: { ...accounts, supportClient: client } };
  const supportClients = new Map([...worker.supportClients].map(([id, one]) => [id, mortal(one, 'aws', killer)]));
  const botContext: WorkerContext['botContext'] = async (name) => (await worker.botContext(name)) && mine;
  return { ctx: mine, worker: { ...worker, store, supportClients, botContext } };
}
