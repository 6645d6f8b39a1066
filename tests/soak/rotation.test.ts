import { setTimeout as sleep } from 'node:timers/promises';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Room } from '../../local/chat/rooms';
import { type CaseWorld, openCaseWorld } from '../case-bot/world.fixture';

/** README: a secret that was changed is used after five minutes at the latest, without a deployment. In ms of the clock. */
const SECRET_LASTS = 300_000;
/** Seconds of the clock in a real one, while nobody does anything. */
const HURRY = 400;

let runtime: CaseWorld;
let secrets: SecretsManagerClient;
beforeEach(async () => {
  runtime = await openCaseWorld();
  const { env, region } = runtime.aws;
  const credentials = { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: 'local' };
  secrets = new SecretsManagerClient({ region, credentials, endpoint: env.AWS_ENDPOINT_URL_SECRETS_MANAGER });
});
afterEach(async () => {
  secrets.destroy();
  await runtime.close();
});

/** As an operator does it: with `aws secretsmanager put-secret-value`. */
async function change(id: string, to: (now: string) => string): Promise<void> {
  const SecretId = runtime.stack.resources[id]?.ref;
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: to(SecretString) }));
}

async function fiveMinutes(): Promise<void> {
  const { clock } = runtime;
  const { rate } = clock;
  clock.rate = HURRY;
  await sleep((SECRET_LASTS / HURRY) * 1.1);
  clock.rate = rate;
}

const room = (platform: Room['platform']): Room => runtime.chats.rooms.find((one) => one.platform === platform) as Room;

async function tell(id: string): Promise<void> {
  const event = { source: 'casebell', id, 'detail-type': 'card', detail: { title: id, text: 'x' } };
  await runtime.send(JSON.stringify(event));
  await runtime.stack.idle(20_000);
}

const heard = (platform: Room['platform']): string[] => room(platform).messages.map(({ view }) => view.title);

it('a webhook that was changed in Secrets Manager is told from then on, without a deployment, and the old one no more', async () => {
  const { url, secret } = room('feishu');
  await tell('before');
  await change('WebhookSecretStore', () => JSON.stringify({ url, secret }));
  await fiveMinutes();
  await tell('after');
  expect(heard('slack').filter((title) => /before|after/.test(title))).toEqual([expect.stringContaining('before')]);
  expect(heard('feishu').filter((title) => /before|after/.test(title))).toEqual([
    expect.stringContaining('before'),
    expect.stringContaining('after'),
  ]);
}, 60_000);

it('the case bot hears with a secret that was changed at once, and no more with the one before after five minutes', async () => {
  const { users, conversations, createCallback, secrets: own } = runtime.workplace('slack');
  const { CaseCallbackUrl } = runtime.stack.outputs;
  const knock = async (): Promise<number> => {
    const { headers, body } = createCallback(users[0]?.id ?? '', conversations[0]?.id ?? '', '帮助');
    const url = runtime.stack.localUrl(`${CaseCallbackUrl}/slack/main`);
    return (await fetch(url, { method: 'POST', headers, body })).status;
  };
  /** The first one after five minutes may still be judged by what was known, while the new secret is on its way. */
  const later = async (): Promise<number> => {
    await fiveMinutes();
    await knock();
    return knock();
  };
  const sign = (before: string, after: string) =>
    change('BotSecretStore', (now) => now.replace(`"signingSecret":"${before}"`, `"signingSecret":"${after}"`));
  const { signingSecret = '' } = own;
  expect(await knock()).toBe(200);
  await sign(signingSecret, 'changed');
  expect(await later()).toBe(401);
  await sign('changed', signingSecret);
  await sleep(1_000);
  expect(await knock()).toBe(200);
}, 60_000);
