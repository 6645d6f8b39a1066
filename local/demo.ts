import { parseArgs } from 'node:util';
import { startApplication } from './application';
import { FAST, openClock } from './clock';
import { giveUp, helpIfAsked } from './command-line';
import { complaintsOf } from './complaints';
import { perform, summaryOf } from './performance';
import { performWithAModel } from './performance/with-a-model';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Boots the application, sends every sample event, prints what arrives, and ends: exit code 0 only when all has arrived. */
async function main(): Promise<void> {
  helpIfAsked(
    'npm run demo -- [--brief]\n\nSends every sample event through the application and exits 0 only when every card has arrived.',
  );
  const { values } = parseArgs({ options: { brief: { type: 'boolean', default: false } } });
  const began = performance.now();
  const application = await startApplication({
    port: 0,
    parameters: {},
    clock: openClock({ rate: FAST }),
    log: complaintsOf(print),
  });
  print(
    `The stack is up after ${((performance.now() - began) / 1000).toFixed(1)} s; its clock runs ${FAST} times as fast, because the chats take only so many messages a minute.`,
  );
  const tally = await perform(application, print, values.brief);
  tally.failures.push(...(await performWithAModel(print, values.brief)));
  print(summaryOf(tally));
  await application.close();
  if (tally.failures.length) process.exitCode = 1;
}

main().catch(giveUp);
