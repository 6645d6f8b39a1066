import { BOT_PLATFORMS, type ChatApp, cached, type Runtime } from '@casebell/im/bots';
import type { Log } from '../../shared/log';
import { type BotConfig, type BotDefaults, type ConfigProblem, parseBots } from './bots';

/** In ms: a secret that was changed is used from then on at the latest, without a deployment. */
const SECRETS_LAST = 300_000;
/** In ms: whoever knocks with a wrong secret has them read again, but not as often as they knock. */
const MOMENT = 10_000;

/** A bot, ready to waitForReply and to speak. */
export interface RegisteredBot {
  bot: BotConfig;
  app: ChatApp;
}

/** The bots by name, read again every five minutes; while that goes on, what was read before still holds. */
export interface BotRegistry {
  /** Waits for the first reading only. */
  find(name: string): Promise<RegisteredBot | undefined>;
  all(): Promise<ReadonlyMap<string, RegisteredBot>>;
  /** The bot as it is now; undefined where that is known already, or was looked at a moment ago. */
  refresh(name: string): Promise<RegisteredBot | undefined>;
  /** What could not be read last. */
  problems(): readonly ConfigProblem[];
  /** Resolves when nothing is being read. */
  whenIdle(): Promise<unknown>;
}

/** A bot that cannot be read any more stays as it was read before, as long as somebody remembers it. */
export function createBotRegistry(
  read: () => Promise<readonly string[]>,
  defaults: BotDefaults,
  runtime: Runtime,
  log: Pick<Log, 'error'>,
): BotRegistry {
  let known: ReadonlyMap<string, RegisteredBot> | undefined;
  let faults: readonly ConfigProblem[] = [];
  let reading: Promise<unknown> = Promise.resolve();
  let readAt = 0;
  const fetch = cached(
    async () => {
      readAt = runtime.now();
      const roster = parseBots(await read(), defaults);
      faults = roster.problems;
      for (const { bot, reason } of faults) log.error('bot.invalid_config', { bot, reason: reason.en });
      const isLost = (name: string) => faults.some(({ bot = name }) => bot === name);
      const kept = [...(known ?? [])].filter(([name]) => isLost(name));
      known = new Map([...kept, ...openAll(roster.bots, runtime)]);
      return known;
    },
    SECRETS_LAST,
    runtime.now,
  );

  function all(): Promise<ReadonlyMap<string, RegisteredBot>> {
    const fresh = fetch();
    reading = fresh.catch(() => undefined);
    return known ? Promise.resolve(known) : fresh;
  }

  return {
    all,
    find: async (name) => (await all()).get(name),
    async refresh(name) {
      if (runtime.now() - readAt < MOMENT) return undefined;
      return (await fetch(true)).get(name);
    },
    problems: () => faults,
    whenIdle: () => reading,
  };
}

function openAll(bots: ReadonlyMap<string, BotConfig>, runtime: Runtime): ReadonlyMap<string, RegisteredBot> {
  const opened = [...bots.values()].flatMap((bot) => {
    const platform = BOT_PLATFORMS.find(({ name }) => name === bot.platform);
    return platform ? [[bot.name, { bot, app: platform.open(bot.secrets, runtime) }] as const] : [];
  });
  return new Map(opened);
}
