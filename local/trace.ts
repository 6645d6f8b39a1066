import { exitWithError } from './command-line';
import { draw } from './trace/step';
import { traced } from './trace/stories';

/** Prints what happens on the way of one alert, and of one case, as JSON with two pictures: for `npm run docs`. */
async function main(): Promise<void> {
  const { alert, filing } = await traced();
  process.stdout.write(`${JSON.stringify({ alert: draw(alert), filing: draw(filing) })}\n`);
}

main().catch(exitWithError);
