import { BOT_PLATFORMS, type ChatApp, cached, type Runtime } from '@casebell/im/bots';
import type { Log } from '../shared/log';
import { type Bot, type Defaults, type Fault, readBots } from './bots';

/** In ms: a secret that was changed is used from then on at the latest, without a deployment. */
const SECRETS_LAST = 300_000;
/** In ms: whoever knocks with a wrong secret has them read again, but not as often as they knock. */
const MOMENT = 10_000;

/** A bot, ready to hear and to speak. */
export interface Opened {
  bot: Bot;
  app: ChatApp;
}

/** The bots by name, read again every five minutes; while that goes on, what was read before still holds. */
export interface Bots {
  /** Waits for the first reading only. */
  find(name: string): Promise<Opened | undefined>;
  all(): Promise<ReadonlyMap<string, Opened>>;
  /** The bot as it is now; undefined where that is known already, or was looked at a moment ago. */
  renewed(name: string): Promise<Opened | undefined>;
  /** What could not be read last. */
  faults(): readonly Fault[];
  /** Resolves when nothing is being read. */
  settled(): Promise<unknown>;
}

/** A bot that cannot be read any more stays as it was read before, as long as somebody remembers it. */
export function openBots(
  read: () => Promise<readonly string[]>,
  defaults: Defaults,
  runtime: Runtime,
  log: Pick<Log, 'error'>,
): Bots {
  let known: ReadonlyMap<string, Opened> | undefined;
  let faults: readonly Fault[] = [];
  let reading: Promise<unknown> = Promise.resolve();
  let readAt = 0;
  const fetch = cached(
    async () => {
      readAt = runtime.now();
      const roster = readBots(await read(), defaults);
      faults = roster.faults;
      for (const { bot, reason } of faults) log.error('bot.left-out', { bot, reason: reason.en });
      const isLost = (name: string) => faults.some(({ bot = name }) => bot === name);
      const kept = [...(known ?? [])].filter(([name]) => isLost(name));
      known = new Map([...kept, ...openAll(roster.bots, runtime)]);
      return known;
    },
    SECRETS_LAST,
    runtime.now,
  );

  function all(): Promise<ReadonlyMap<string, Opened>> {
    const fresh = fetch();
    reading = fresh.catch(() => undefined);
    return known ? Promise.resolve(known) : fresh;
  }

  return {
    all,
    find: async (name) => (await all()).get(name),
    async renewed(name) {
      if (runtime.now() - readAt < MOMENT) return undefined;
      return (await fetch(true)).get(name);
    },
    faults: () => faults,
    settled: () => reading,
  };
}

function openAll(bots: ReadonlyMap<string, Bot>, runtime: Runtime): ReadonlyMap<string, Opened> {
  const opened = [...bots.values()].flatMap((bot) => {
    const platform = BOT_PLATFORMS.find(({ name }) => name === bot.platform);
    return platform ? [[bot.name, { bot, app: platform.open(bot.secrets, runtime) }] as const] : [];
  });
  return new Map(opened);
}
