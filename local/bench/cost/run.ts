import { type Application, startApplication } from '../../application';
import { createClock } from '../../clock';
import { ACCEPTING_ALL_EVENTS } from '../load/event';
import { createTally } from './tally';

/** So slow that the secret's five minutes are 37 s: it is not read again meanwhile. */
const CLOCK_RATE = 8;
const DISABLED = { Properties: { Enabled: false } };

type Tally = ReturnType<typeof createTally>;

/** Runs the application, and counts its requests to AWS. */
export async function runCounted<T>(
  parameters: Record<string, string>,
  work: (application: Application, tally: Tally) => Promise<T>,
): Promise<T> {
  const tally = createTally();
  const application = await startApplication({
    port: 0,
    parameters: { ...ACCEPTING_ALL_EVENTS, ...parameters },
    clock: createClock({ rate: CLOCK_RATE }),
    ...{ log: tally.log, onInvoked: tally.onInvoked, onAnswered: tally.onAnswered },
    // Schedules are counted separately.
    overrides: { Notifier: { Events: { Sweep: DISABLED } }, CaseWorker: { Events: { Poll: DISABLED } } },
  });
  try {
    return await work(application, tally);
  } finally {
    await application.close();
  }
}
