import { parseArgs } from 'node:util';
import { startApplication } from './application';
import { createClock, FAST_CLOCK_RATE } from './clock';
import { exitWithError, printHelpIfRequested } from './command-line';
import { runCaseScenarios } from './demo/case-scenario';
import { runEventScenario } from './demo/event-scenario';
import { runDraftScenario, runSummaryScenario } from './demo/model-scenarios';
import { summaryOf } from './demo/summary';
import { createErrorLog } from './error-log';

const USAGE = `npm run demo -- [--brief]

Sends each sample event through the application, then handles a case on each platform from its opening to its end.
Exits with 0 only if everything worked.`;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Starts the application and runs all scenarios. */
async function main(): Promise<void> {
  printHelpIfRequested(USAGE);
  const { values } = parseArgs({ options: { brief: { type: 'boolean', default: false } } });
  const output = { print, isBrief: values.brief };
  const began = performance.now();
  const clock = createClock({ rate: FAST_CLOCK_RATE });
  const application = await startApplication({ port: 0, parameters: {}, clock, log: createErrorLog(print) });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  print(
    `The stack is up after ${seconds} s. Its clock runs ${FAST_CLOCK_RATE} times as fast, because the chats limit messages.`,
  );
  const events = await runEventScenario(application, output);
  const cases = await runCaseScenarios(application, output);
  const modelFailures = [...(await runSummaryScenario(output)), ...(await runDraftScenario(output))];
  print(summaryOf(events, cases, modelFailures));
  await application.close();
  if (events.failures.length + (cases?.failures.length ?? 0) + modelFailures.length > 0) process.exitCode = 1;
}

main().catch(exitWithError);
