import { isUtf8 } from 'node:buffer';
import { type Application, startApplication } from '../../local/application';
import { CALLBACK_ONLY, drain } from '../../local/bench/callback/queue';
import { sendRequest } from '../../local/http-api/test-api.fixture';
import { type Clients, createClients } from '../../local/stack/clients';
import type { Sample } from '../fuzz/callback-samples.fixture';
import { deliver, messageIn, type Trial, trialsAt, unmutated } from '../fuzz/callbacks.fixture';

const lines: string[] = [];
let application: Application;
let clients: Clients;

beforeAll(async () => {
  application = await startApplication({
    port: 0,
    parameters: {},
    log: (source, line) => void (source === 'CaseCallback' && lines.push(line)),
    overrides: CALLBACK_ONLY,
  });
  clients = createClients(application.aws);
});

afterAll(async () => {
  clients.close();
  await application.close();
});

/** The stack's parameters hold no tenant key and no team id. */
function secretsOf({ platform, secrets }: Sample): Record<string, string> {
  const { tenantKey: _, teamId: __, ...others } = { ...secrets, ...encryptKeyOf(platform) };
  const { appId, ...rest } = others as Record<string, string>;
  return platform === 'slack' ? rest : { ...rest, ...(appId && { appId }) };
}

const encryptKeyOf = (platform: string) =>
  application.chats.workspaces.find((workplace) => workplace.platform === platform)?.secrets ?? {};

/** The clock is the machine's, and the bots are the stack's; an HTTP API passes on only what matches a route, and bodies in UTF-8. */
const isForTheApi = ({ mutated, attempt: { request, bot } }: Trial): boolean =>
  request.method === 'POST' &&
  bot.includes('/') &&
  mutated.now === undefined &&
  mutated.secrets === undefined &&
  isUtf8(request.body) &&
  Object.values(request.headers).every((value) => /^[\x20-\x7e]*$/.test(value));

it('200 mutated callbacks and each genuine one have the same outcome through the HTTP API as in the process', async () => {
  const all = trialsAt(Math.floor(Date.now() / 1000) * 1000, 5).filter(isForTheApi);
  const trials = all.filter((_, index) => index % Math.floor(all.length / 200) === 0);
  const genuine = new Map(trials.map(({ sample }) => [sample, unmutated(sample)]));
  const attempts = [...trials.map(({ sample, attempt }) => [sample, attempt] as const), ...genuine];
  const { stack } = application;
  const url = stack.localUrl(stack.outputs.CaseCallbackUrl ?? '');
  const expected = new Map<string, string>();
  const odd: string[] = [];
  for (const [sample, attempt] of attempts) {
    const { request, bot } = attempt;
    const replied = await sendRequest(url, `/${bot}`, { ...request, headers: { ...request.headers } });
    const inside = await deliver(sample, { ...attempt, secrets: secretsOf(sample), now: Date.now() });
    const { status } = inside.reply;
    if (replied.status !== status) odd.push(`${sample.from}, ${sample.kindName}: ${replied.status}, not ${status}`);
    // The second message with an id is dropped.
    for (const entry of inside.queued)
      expected.set(entry.idempotencyKey, expected.get(entry.idempotencyKey) ?? messageIn(entry).message.text);
  }
  expect(odd).toEqual([]);
  expect(trials.length).toBeGreaterThanOrEqual(200);
  const queued = await drain(clients.sqs, stack.resources.CaseQueue?.ref ?? '');
  expect(queued.map(({ message }) => message.text).sort()).toEqual([...expected.values()].sort());
  expect(expected.size).toBeGreaterThan(10);
}, 600_000);

it('the log has no secret and no failure', () => {
  const secrets = application.chats.workspaces.flatMap(({ secrets }) =>
    ['appSecret', 'verificationToken', 'encryptKey', 'signingSecret', 'botToken'].flatMap(
      (name) => secrets[name] ?? [],
    ),
  );
  expect(secrets).toHaveLength(6);
  for (const secret of [...secrets, 'sendBySession', 'hooks.slack.com']) expect(lines.join('\n')).not.toContain(secret);
  expect(lines.join('\n')).toContain('callback.rejected');
  expect(lines.join('\n')).not.toMatch(/Invoke Error|could not be read/);
});
