import { isUtf8 } from 'node:buffer';
import { type Application, startApplication } from '../../local/application';
import { drain, LONE_DOOR } from '../../local/bench/door/queue';
import { sendRequest } from '../../local/http-api/test-api.fixture';
import { type Clients, createClients } from '../../local/stack/clients';
import { heardIn, knock } from '../case-bot/knock.fixture';
import type { Sample } from '../case-bot/sample.fixture';
import { soundly, type Trial, trialsAt } from '../case-bot/trial.fixture';

const lines: string[] = [];
let application: Application;
let clients: Clients;

beforeAll(async () => {
  application = await startApplication({
    port: 0,
    parameters: {},
    log: (source, line) => void (source === 'CaseCallback' && lines.push(line)),
    overrides: LONE_DOOR,
  });
  clients = createClients(application.aws);
});

afterAll(async () => {
  clients.close();
  await application.close();
});

/** What only a secret of one's own can hold is not among the stack's parameters. */
function secretsOf({ platform, secrets }: Sample): Record<string, string> {
  const { tenantKey: _, teamId: __, ...others } = { ...secrets, ...encryptKeyOf(platform) };
  const { appId, ...rest } = others as Record<string, string>;
  return platform === 'slack' ? rest : { ...rest, ...(appId && { appId }) };
}

const encryptKeyOf = (platform: string) =>
  application.chats.workspaces.find((workplace) => workplace.platform === platform)?.secrets ?? {};

/** Every clock here is the machine's, every bot the stack's; an HTTP API gives on only what fits a route, and text that is UTF-8. */
const isForTheApi = ({ spoilt, attempt: { request, bot } }: Trial): boolean =>
  request.method === 'POST' &&
  bot.includes('/') &&
  spoilt.now === undefined &&
  spoilt.secrets === undefined &&
  isUtf8(request.body) &&
  Object.values(request.headers).every((value) => /^[\x20-\x7e]*$/.test(value));

it('is the same door through the HTTP API: two hundred spoilt callbacks, and each sound one', async () => {
  const all = trialsAt(Math.floor(Date.now() / 1000) * 1000, 5).filter(isForTheApi);
  const trials = all.filter((_, index) => index % Math.floor(all.length / 200) === 0);
  const sound = new Map(trials.map(({ sample }) => [sample, soundly(sample)]));
  const attempts = [...trials.map(({ sample, attempt }) => [sample, attempt] as const), ...sound];
  const { stack } = application;
  const url = stack.localUrl(stack.outputs.CaseCallbackUrl ?? '');
  const expected = new Map<string, string>();
  const odd: string[] = [];
  for (const [sample, attempt] of attempts) {
    const { request, bot } = attempt;
    const replied = await sendRequest(url, `/${bot}`, { ...request, headers: { ...request.headers } });
    const inside = await knock(sample, { ...attempt, secrets: secretsOf(sample), now: Date.now() });
    const { status } = inside.reply;
    if (replied.status !== status) odd.push(`${sample.from}, ${sample.kindName}: ${replied.status}, not ${status}`);
    // Who is the second with an id is not heard.
    for (const letter of inside.letters)
      expected.set(letter.idempotencyKey, expected.get(letter.idempotencyKey) ?? heardIn(letter).message.text);
  }
  expect(odd).toEqual([]);
  expect(trials.length).toBeGreaterThanOrEqual(200);
  const heard = await drain(clients.sqs, stack.resources.CaseQueue?.ref ?? '');
  expect(heard.map(({ message }) => message.text).sort()).toEqual([...expected.values()].sort());
  expect(expected.size).toBeGreaterThan(10);
}, 60_000);

it('has logged no secret over it, and no failure', () => {
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
