import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { startAws } from '../aws/start-aws';
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
  ready: `console.warn = () => undefined; await require(${JSON.stringify(HANDLER)}).handler({});`,
} as const;
type Step = keyof typeof STEPS;

const program = (step: Step): string =>
  `(async () => { ${STEPS[step]} const { user, system } = process.cpuUsage(); process.stdout.write('cpu ' + (user + system)); process.exit(0); })()`;

/**
 * The CPU that a cold start costs, over bare Node, in fresh processes taken in turn.
 * `init`: bundle, layers and plugins are loaded and prepared, and the secret is asked for. `ready`: it has come, over a real
 * connection, so that the next thing is an event; half of that is the first use of the SDK's code.
 */
export async function cold(): Promise<Figure[]> {
  const aws = await startAws();
  const environment = await variables(aws.env);
  const used: Record<Step, number[]> = { bare: [], init: [], ready: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const step of Object.keys(STEPS) as Step[]) used[step].push(await cpuOf(step, environment));
  }
  await aws.close();
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
    { bench: 'cold', figure: 'until the secret is read, over bare Node, median CPU', value: over('ready'), unit: 'ms' },
  ];
}

async function variables(env: Readonly<Record<string, string>>): Promise<NodeJS.ProcessEnv> {
  const client = new SecretsManagerClient({
    region: env.AWS_REGION,
    endpoint: env.AWS_ENDPOINT_URL_SECRETS_MANAGER,
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '' },
  });
  const SecretString = '{"url":"https://oapi.dingtalk.com/robot/send?access_token=bench","secret":"SECbench"}';
  const { ARN } = await client.send(new CreateSecretCommand({ Name: 'bench', SecretString }));
  return {
    ...env,
    // Lambda's Node is newer than the one that the SDK warns of.
    ...QUIET_SDK,
    PATH: process.env.PATH,
    WEBHOOK_SECRET_ARN: ARN,
    NODE_PATH: resolve('dist/layers/im/nodejs/node_modules'),
    PLUGIN_PATH: resolve('dist/layers/plugins/nodejs/plugins/built-in'),
  };
}

async function cpuOf(step: Step, env: NodeJS.ProcessEnv): Promise<number> {
  const { stdout } = await run(process.execPath, ['-e', program(step)], { env });
  return Number(/cpu (\d+)/.exec(stdout)?.[1]) / 1000;
}
