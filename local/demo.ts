import { parseArgs } from 'node:util';
import { startApplication } from './application';
import { FAST, openClock } from './clock';
import { giveUp, helpIfAsked } from './command-line';
import { complaintsOf } from './complaints';
import { type CaseResults, runCaseScenarios } from './demo/case-scenario';
import { type EventResults, runEventScenario } from './demo/event-scenario';
import { runDraftScenario, runSummaryScenario } from './demo/model-scenarios';

const USAGE = `npm run demo -- [--brief]

Sends each sample event through the application, then handles a case on each platform from its opening to its end.
Exits with 0 only if everything worked.`;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Starts the application and runs all scenarios. */
async function main(): Promise<void> {
  helpIfAsked(USAGE);
  const { values } = parseArgs({ options: { brief: { type: 'boolean', default: false } } });
  const output = { print, isBrief: values.brief };
  const began = performance.now();
  const clock = openClock({ rate: FAST });
  const application = await startApplication({ port: 0, parameters: {}, clock, log: complaintsOf(print) });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  print(`The stack is up after ${seconds} s. Its clock runs ${FAST} times as fast, because the chats limit messages.`);
  const events = await runEventScenario(application, output);
  const cases = await runCaseScenarios(application, output);
  const modelFailures = [...(await runSummaryScenario(output)), ...(await runDraftScenario(output))];
  const failures = [...events.failures, ...(cases?.failures ?? []), ...modelFailures];
  print(summaryOf(events, cases, failures));
  await application.close();
  if (failures.length > 0) process.exitCode = 1;
}

function summaryOf(
  { count, routes, delivered, seconds }: EventResults,
  cases: CaseResults | undefined,
  failures: readonly string[],
): string {
  const byRoute = Object.entries(routes).map(([route, number]) => `${route} ${number}`);
  const rows = Object.entries(delivered).map(
    ([platform, { cards, messages }]) =>
      `  ${platform.padEnd(10)} ${String(cards).padStart(4)} cards in ${messages} messages`,
  );
  return [
    '',
    `events in     ${count} (${byRoute.join(', ')}) in ${seconds.toFixed(1)} s`,
    'cards delivered',
    ...rows,
    ...(cases ? caseLines(cases) : []),
    `failures      ${failures.length}`,
    ...failures.map((failure) => `  ${failure}`),
  ].join('\n');
}

const caseLines = ({ opened, replies, resolved, seconds, slowest }: CaseResults): string[] => [
  `cases out     ${opened} opened, ${replies} replied to, ${resolved} resolved, in ${seconds.toFixed(1)} s`,
  `  slowest reply ${(slowest.ms / 1000).toFixed(2)} s (${slowest.what})`,
];

main().catch(giveUp);
