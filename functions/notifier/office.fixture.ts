import { SHANGHAI, testLocale } from '../shared/locale.fixture';
import { recordingLog } from '../shared/log.fixture';
import { type RecordingMetrics, recordingMetrics } from '../shared/metrics.fixture';
import type { Clock } from '../shared/time';
import type { DeliveryDeps } from './delivery/deps';
import { NOON } from './entry.fixture';
import type { DeadLetter } from './ingest/dead-letter';
import type { Outbox } from './outbox/outbox';
import type { Queues } from './outbox/queues';

/** An office over a real outbox, whose clock only the test and those who sleep move, and whose queues remember. */
export interface TestDeps extends DeliveryDeps {
  clock: TestClock;
  queues: RememberingQueues;
  metrics: RecordingMetrics;
  log: ReturnType<typeof recordingLog>;
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

/** @param openOutbox is given the office's clock. */
export function createTestDeps(openOutbox: (now: () => number) => Outbox, language: 'en' | 'zh-CN' = 'en'): TestDeps {
  const clock = testClock();
  return {
    clock,
    outbox: openOutbox(clock.now),
    queues: rememberingQueues(),
    metrics: recordingMetrics(),
    locale: testLocale(language),
    timeZone: SHANGHAI,
    log: recordingLog(),
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
    async scheduleDelivery(destination, ms) {
      queues.wakes.push({ destination, ms });
      return Math.min(900, Math.max(0, Math.floor(ms / 1000))) * 1000;
    },
    async sendToDlq(letters) {
      queues.letters.push(...letters);
    },
  };
  return queues;
}
