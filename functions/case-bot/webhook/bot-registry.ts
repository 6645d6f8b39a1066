import { BOT_PLATFORMS, type ChatApp, cached, type Runtime } from '@casebell/im/bots';
import type { Log } from '../../shared/log';
import type { BotConfig } from '../domain/context';
import { type BotDefaults, type ConfigProblem, parseBots } from './bots';

/** A changed secret takes effect after that time, without a deployment. */
const SECRETS_CACHE_MS = 300_000;
/** Callbacks with a wrong secret must not read the secrets more often. */
const MIN_REFRESH_INTERVAL_MS = 10_000;

export interface RegisteredBot {
  bot: BotConfig;
  app: ChatApp;
}

/** The bots by name. Their secrets are read again every five minutes; meanwhile the known bots stay in use. */
export interface BotRegistry {
  /** Waits only for the first read. */
  find(name: string): Promise<RegisteredBot | undefined>;
  all(): Promise<ReadonlyMap<string, RegisteredBot>>;
  /** Reads the secrets again. Returns undefined if they were read a moment ago. */
  refresh(name: string): Promise<RegisteredBot | undefined>;
  /** The problems of the last read. */
  problems(): readonly ConfigProblem[];
  /** Resolves when no read is running. */
  whenIdle(): Promise<unknown>;
}

/** A bot whose configuration becomes invalid keeps its last valid one, as long as this instance of the function lives. */
export function createBotRegistry(
  readSecrets: () => Promise<readonly string[]>,
  defaults: BotDefaults,
  runtime: Runtime,
  log: Pick<Log, 'error'>,
): BotRegistry {
  let known: ReadonlyMap<string, RegisteredBot> | undefined;
  let problems: readonly ConfigProblem[] = [];
  let reading: Promise<unknown> = Promise.resolve();
  let readAt = 0;

  async function readBots(): Promise<ReadonlyMap<string, RegisteredBot>> {
    readAt = runtime.now();
    const parsed = parseBots(await readSecrets(), defaults);
    problems = parsed.problems;
    for (const { bot, reason } of problems) log.error('bot.invalid_config', { bot, reason: reason.en });
    const isInvalid = (name: string) => problems.some(({ bot = name }) => bot === name);
    const kept = [...(known ?? [])].filter(([name]) => isInvalid(name));
    known = new Map([...kept, ...openApps(parsed.bots, runtime)]);
    return known;
  }
  const readCached = cached(readBots, SECRETS_CACHE_MS, runtime.now);

  function all(): Promise<ReadonlyMap<string, RegisteredBot>> {
    const fresh = readCached();
    reading = fresh.catch(() => undefined);
    return known ? Promise.resolve(known) : fresh;
  }

  return {
    all,
    find: async (name) => (await all()).get(name),
    async refresh(name) {
      if (runtime.now() - readAt < MIN_REFRESH_INTERVAL_MS) return undefined;
      return (await readCached(true)).get(name);
    },
    problems: () => problems,
    whenIdle: () => reading,
  };
}

const openApps = (bots: ReadonlyMap<string, BotConfig>, runtime: Runtime): [string, RegisteredBot][] =>
  [...bots.values()].flatMap((bot) => {
    const platform = BOT_PLATFORMS.find(({ name }) => name === bot.platform);
    return platform ? [[bot.name, { bot, app: platform.open(bot.secrets, runtime) }]] : [];
  });
