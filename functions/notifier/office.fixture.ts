import type { DeadLetter } from './dead-letter';
import type { Clock, Office } from './delivery/office';
import { NOON } from './entry.fixture';
import { listeningLog } from './log.fixture';
import type { Metrics } from './metrics';
import type { Outbox } from './outbox';
import type { Queues } from './queues';
import { createLocale } from './say';

/** An office over a real outbox, whose clock only the test and those who sleep move, and whose queues remember. */
export interface TestOffice extends Office {
  clock: TestClock;
  queues: RememberingQueues;
  metrics: CountingMetrics;
  log: ReturnType<typeof listeningLog>;
}

interface TestClock extends Clock {
  /** Milliseconds since 1970. */
  time: number;
  /** How long each sleep was, in ms. */
  slept: number[];
}

interface RememberingQueues extends Queues {
  letters: DeadLetter[];
  wakes: { destination: string; ms: number }[];
}

interface CountingMetrics extends Metrics {
  counts: Record<string, number>;
  failures: [platform: string, code: string, events: number][];
  putOffs: [platform: string, code: string][];
  ages: number[];
  silences: string[];
  costs: { tokens: number; ms: number }[];
  flushed: number;
}

/** @param openOutbox is given the office's clock. */
export function openOffice(openOutbox: (now: () => number) => Outbox, language: 'en' | 'zh-CN' = 'en'): TestOffice {
  const clock = testClock();
  return {
    clock,
    outbox: openOutbox(clock.now),
    queues: rememberingQueues(),
    metrics: countingMetrics(),
    locale: createLocale(language),
    log: listeningLog(),
  };
}

function testClock(): TestClock {
  const clock: TestClock = {
    time: NOON,
    slept: [],
    now: () => clock.time,
    random: () => 0.5,
    async sleep(ms) {
      clock.slept.push(ms);
      clock.time += ms;
    },
  };
  return clock;
}

/** As the real ones: whole seconds, and fifteen minutes at most. */
function rememberingQueues(): RememberingQueues {
  const queues: RememberingQueues = {
    letters: [],
    wakes: [],
    async wake(destination, ms) {
      queues.wakes.push({ destination, ms });
      return Math.min(900, Math.max(0, Math.floor(ms / 1000))) * 1000;
    },
    async bury(letters) {
      queues.letters.push(...letters);
    },
  };
  return queues;
}

function countingMetrics(): CountingMetrics {
  const metrics: CountingMetrics = {
    counts: {},
    failures: [],
    putOffs: [],
    ages: [],
    silences: [],
    costs: [],
    flushed: 0,
    count(name, by = 1) {
      metrics.counts[name] = (metrics.counts[name] ?? 0) + by;
    },
    failed: (platform, code, events) => void metrics.failures.push([platform, code, events]),
    putOff: (platform, code) => void metrics.putOffs.push([platform, code]),
    silent: (reason) => void metrics.silences.push(reason),
    spent: (tokens, ms) => void metrics.costs.push({ tokens, ms }),
    oldest: (seconds) => void metrics.ages.push(seconds),
    flush() {
      metrics.flushed += 1;
    },
  };
  return metrics;
}
