import { parseArgs } from 'node:util';
import { startApplication } from './application';
import { createClock, FAST_CLOCK_RATE } from './clock';
import { exitWithError, printHelpIfRequested } from './command-line';
import { createErrorLog } from './error-log';
import { perform, summaryOf } from './performance';
import { performCases } from './performance/act-two';
import { performWithAModel } from './performance/with-a-model';
import { performWithAnAdvisor } from './performance/with-an-advisor';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Sends every sample event and plays the case scenarios. The exit code is 0 only if there are no failures. */
async function main(): Promise<void> {
  printHelpIfRequested(
    'npm run demo -- [--brief]\n\nSends every sample event through the application, then takes a case from creation to resolution on each platform. Exits 0 only without failures.',
  );
  const { values } = parseArgs({ options: { brief: { type: 'boolean', default: false } } });
  const startedAt = performance.now();
  const application = await startApplication({
    port: 0,
    parameters: {},
    clock: createClock({ rate: FAST_CLOCK_RATE }),
    log: createErrorLog(print),
  });
  print(
    `The stack is up after ${((performance.now() - startedAt) / 1000).toFixed(1)} s; its clock runs ${FAST_CLOCK_RATE} times as fast, because the chats limit the messages per minute.`,
  );
  const tally = await perform(application, print, values.brief);
  const cases = await performCases(application, { print, brief: values.brief });
  tally.failures.push(...(await performWithAModel(print, values.brief)));
  tally.failures.push(...(await performWithAnAdvisor(print, values.brief)));
  print(summaryOf(tally, cases));
  await application.close();
  if (tally.failures.length + (cases?.failures.length ?? 0) > 0) process.exitCode = 1;
}

main().catch(exitWithError);
