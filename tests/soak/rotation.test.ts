import { setTimeout as sleep } from 'node:timers/promises';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Room } from '../../local/chat/rooms';
import { type CaseWorld, openCaseWorld, PLATFORMS, textForm } from '../worlds/case-bot-world.fixture';

/** README: a secret that was changed is used after five minutes at the latest, without a deployment. In ms of the clock. */
const SECRET_CACHE_MS = 300_000;
/** Seconds of the clock in a real one, while nothing happens. */
const IDLE_CLOCK_RATE = 400;

let world: CaseWorld;
let secrets: SecretsManagerClient;
beforeAll(async () => {
  world = await openCaseWorld();
  const { env, region } = world.aws;
  const credentials = { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: 'local' };
  secrets = new SecretsManagerClient({ region, credentials, endpoint: env.AWS_ENDPOINT_URL_SECRETS_MANAGER });
});
afterAll(async () => {
  secrets.destroy();
  await world.close();
});

/** Resolves when the condition holds; the test's own timeout ends it. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}

/** As an operator does it: with `aws secretsmanager put-secret-value`. */
async function change(id: string, to: (now: string) => string): Promise<void> {
  const SecretId = world.stack.resources[id]?.ref;
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: to(SecretString) }));
}

async function fiveMinutes(): Promise<void> {
  const { clock } = world;
  const { rate } = clock;
  const end = clock.now() + SECRET_CACHE_MS * 1.1;
  clock.rate = IDLE_CLOCK_RATE;
  await until(() => clock.now() >= end);
  clock.rate = rate;
}

const room = (platform: Room['platform']): Room => world.chats.rooms.find((one) => one.platform === platform) as Room;
const titles = (platform: Room['platform']): string[] => room(platform).messages.map(({ view }) => view.title);

async function notify(id: string): Promise<void> {
  const event = { source: 'casebell', id, 'detail-type': 'card', detail: { title: id, text: 'x' } };
  await world.send(JSON.stringify(event));
  await world.stack.idle(20_000);
}

it('a webhook that was changed in Secrets Manager is used within five minutes, and the old one no more', async () => {
  const { url, secret } = room('feishu');
  await notify('before');
  await change('WebhookSecretStore', () => JSON.stringify({ url, secret }));
  await fiveMinutes();
  await notify('after');
  const shown = (platform: Room['platform']) => titles(platform).filter((title) => /before|after/.test(title));
  expect(shown('slack')).toEqual([expect.stringContaining('before')]);
  expect(shown('feishu')).toEqual([expect.stringContaining('before'), expect.stringContaining('after')]);
}, 600_000);

it('a callback with a changed secret is accepted at once, one with the old secret not after five minutes', async () => {
  const { users, conversations, createCallback, secrets: own } = world.workspace('slack');
  const { CaseCallbackUrl } = world.stack.outputs;
  const post = async (): Promise<number> => {
    const { headers, body } = createCallback(users[0]?.id ?? '', conversations[0]?.id ?? '', '帮助');
    const url = world.stack.localUrl(`${CaseCallbackUrl}/slack/main`);
    return (await fetch(url, { method: 'POST', headers, body })).status;
  };
  const replace = (before: string, after: string) =>
    change('BotSecretStore', (now) => now.replace(`"signingSecret":"${before}"`, `"signingSecret":"${after}"`));
  const { signingSecret = '' } = own;
  expect(await post()).toBe(200);
  await replace(signingSecret, 'changed');
  await fiveMinutes();
  // The first callback may still be verified with the secret that is known, while the new one is read.
  await until(async () => (await post()) === 401);
  await replace('changed', signingSecret);
  await until(async () => (await post()) === 200);
}, 600_000);

it.each(PLATFORMS)(
  'a message that %s delivers again, because its callback was slow, has one effect',
  async (platform) => {
    const subject = `${platform}: slow`;
    const person = world.person(platform);
    await person.say(textForm(subject));
    await person.press('提交');
    const { deliveries } = world.workspace(platform);
    const before = deliveries.length;
    // Slack sends two callbacks for a mention.
    const times = platform === 'slack' ? 2 : 1;
    await world.aws.setFault('sqs', { kind: 'slow', operation: 'SendMessage', ms: 1_800, times });
    await person.say(`回复 ${world.cases(subject)[0]?.displayId} 只说一次`);
    const statuses = () => deliveries.slice(before).map(({ status }) => status);
    await until(() => statuses().includes(503) && statuses().includes(200));
    await world.stack.idle();
    await world.aws.setFault('sqs', undefined);
    const replies = world.cases(subject)[0]?.communications.filter(({ body }) => body.startsWith('只说一次'));
    expect(replies).toHaveLength(1);
  },
  600_000,
);
