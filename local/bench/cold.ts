import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Application, startApplication } from '../application';
import { ROOMS } from '../chat/rooms';
import { QUIET_SDK } from '../command-line';
import { type Figure, median, round } from './figure';

const run = promisify(execFile);
const ROUNDS = 15;

/**
 * What each fresh process does before it says how much CPU it has used. As on Lambda, the layers are found by NODE_PATH, and
 * `console` is not Node's own.
 */
const HANDLER = resolve('dist/functions/notifier/handler.js');
const STEPS = {
  bare: '',
  init: `require(${JSON.stringify(HANDLER)}); await new Promise(setImmediate);`,
  told: `await require(${JSON.stringify(HANDLER)}).handler({ id: String(Math.random()), source: 'aws.ec2', 'detail-type': 'EC2 Instance State-change Notification', detail: { state: 'stopped' } });`,
} as const;
type Step = keyof typeof STEPS;

const program = (step: Step): string =>
  `(async () => { ${STEPS[step]} const { user, system } = process.cpuUsage(); process.stdout.write('cpu ' + (user + system)); process.exit(0); })()`;

const TEAMS = { WebhookUrl: ROOMS.find(({ platform }) => platform === 'teams')?.url ?? '', WebhookSecret: '-' };
/** In ms: what a Teams Workflow may be sent once, so that each process tells its event itself. */
const PACE = 400;

/**
 * The CPU that a cold start costs, over bare Node, in fresh processes taken in turn.
 * `init`: bundle, layers and plugins are loaded and prepared, and the secret is asked for. `told`: the secret has come, and a first
 * event is stored, told to one chat, and marked, all over real connections.
 */
export async function cold(): Promise<Figure[]> {
  const application = await startApplication({ port: 0, parameters: TEAMS, log: () => undefined });
  const environment = variables(application);
  const used: Record<Step, number[]> = { bare: [], init: [], told: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const step of Object.keys(STEPS) as Step[]) used[step].push(await cpuOf(step, environment));
    await sleep(PACE);
  }
  const told = application.chats.rooms.reduce((sum, { messages }) => sum + messages.length, 0);
  await application.close();
  if (told !== ROUNDS) throw new Error(`${told} of ${ROUNDS} first events were told.`);
  const over = (step: Step) => round(median(used[step].map((cpu, index) => cpu - (used.bare[index] ?? 0))));
  return [
    { bench: 'cold', figure: 'bare Node, median CPU', value: round(median(used.bare)), unit: 'ms' },
    {
      bench: 'cold',
      figure: 'load + init over bare Node, median CPU',
      value: over('init'),
      unit: 'ms',
      goal: { atMost: 80 },
    },
    {
      bench: 'cold',
      figure: 'until a first event is told, over bare Node, median CPU',
      value: over('told'),
      unit: 'ms',
    },
  ];
}

function variables({ aws, stack, chats }: Application): NodeJS.ProcessEnv {
  const ref = (id: string): string => stack.resources[id]?.ref ?? '';
  return {
    ...aws.env,
    // Lambda's Node is newer than the one that the SDK warns of.
    ...QUIET_SDK,
    PATH: process.env.PATH,
    CHAT_ENDPOINT_URL: chats.url,
    WEBHOOK_SECRET_ARN: ref('WebhookSecretStore'),
    OUTBOX_TABLE: ref('OutboxTable'),
    DESTINATION_TABLE: ref('DestinationTable'),
    WAKE_QUEUE_URL: ref('WakeQueue'),
    DEAD_LETTER_QUEUE_URL: ref('EventDeadLetterQueue'),
    NODE_PATH: resolve('dist/layers/im/nodejs/node_modules'),
    PLUGIN_PATH: resolve('dist/layers/plugins/nodejs/plugins/built-in'),
  };
}

async function cpuOf(step: Step, env: NodeJS.ProcessEnv): Promise<number> {
  const { stdout } = await run(process.execPath, ['-e', program(step)], { env });
  return Number(/cpu (\d+)/.exec(stdout)?.[1]) / 1000;
}
