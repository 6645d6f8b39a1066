import { type Application, startApplication } from '../../application';
import { createClock } from '../../clock';
import { LETTING_ALL_IN } from '../storm/event';
import { openTally } from './tally';

/** Seconds of the clock in a real one: the secret is not read again meanwhile, five minutes of it are 37 s. */
const RATE = 8;

type Tally = ReturnType<typeof openTally>;

/** Runs the application, with somebody who adds up what it asks of AWS. */
export async function run<T>(
  parameters: Record<string, string>,
  work: (application: Application, tally: Tally) => Promise<T>,
): Promise<T> {
  const tally = openTally();
  const application = await startApplication({
    port: 0,
    parameters: { ...LETTING_ALL_IN, ...parameters },
    clock: createClock({ rate: RATE }),
    ...{ log: tally.log, onInvoked: tally.onInvoked, onAnswered: tally.onAnswered },
    // Counted apart, when they are called for.
    overrides: { Notifier: { Events: { Sweep: DISABLED } }, CaseWorker: { Events: { Poll: DISABLED } } },
  });
  try {
    return await work(application, tally);
  } finally {
    await application.close();
  }
}

const DISABLED = { Properties: { Enabled: false } };
