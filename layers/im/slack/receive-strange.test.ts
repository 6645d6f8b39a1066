import { inspect } from 'node:util';
import { type Callback, ForgedRequestError } from '../chat-app';
import { gibberish, seeded } from '../hostile.fixture';
import { receive } from './receive';
import { envelope, NOW, pressed, SECRET, signed, signedForm } from './signed.fixture';

const SECRETS = { signingSecret: SECRET, botToken: 'xoxb-not-a-real-token-0123456789' };
const STRANGE = [null, 0, 9e15, '', 'x'.repeat(10_000), [], {}, [[[]]], { id: {} }, true, '<@U0BOT', '__proto__'];

/** Every way to put something strange somewhere in it. */
function* spoilt(value: unknown): Generator<unknown> {
  for (const strange of STRANGE) yield strange;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    for (const changed of spoilt(inner)) {
      yield Array.isArray(value)
        ? value.map((each, at) => (String(at) === key ? changed : each))
        : { ...value, [key]: changed };
    }
  }
}

const ENVELOPE = envelope({ type: 'message', text: '<@U0BOT> <@U1|a> <https://a.example|b>', files: [{ id: 'F1' }] });
const PRESS = pressed({
  actions: [{ type: 'button', action_id: 'submit-root:0', value: 'open' }],
  state: { values: { 'field:0': { subject: { value: 'x' }, severity: { selected_option: { value: 'y' } } } } },
});

/** The kind of callback, or the refusal; any other failure, or a broken message, fails the test. */
function outcome(attempt: () => Callback): string {
  try {
    const callback = attempt();
    if (callback.kind === 'message') expect(callback.message).toEqual(WHOLE);
    return callback.kind;
  } catch (error) {
    if (!(error instanceof ForgedRequestError)) throw error;
    return 'forged';
  }
}

const WHOLE = expect.objectContaining({
  id: expect.stringMatching(/^[^:]+:.+/),
  text: expect.any(String),
  sender: expect.objectContaining({ id: expect.stringMatching(/^U/) }),
  conversation: expect.objectContaining({ id: expect.stringMatching(/^[CD]/) }),
  sentAt: expect.any(Number),
});

it('survives anything strange in an event, and never gives out a broken message', () => {
  const outcomes = [...spoilt(ENVELOPE)].map((body) =>
    outcome(() => receive(signed(JSON.stringify(body)), SECRETS, NOW)),
  );
  expect(new Set(outcomes)).toEqual(new Set(['message', 'ignored', 'forged']));
});

it('survives anything strange in a press', () => {
  const outcomes = [...spoilt(PRESS)].map((body) =>
    outcome(() => receive(signedForm({ payload: JSON.stringify(body) }), SECRETS, NOW)),
  );
  expect(new Set(outcomes)).toEqual(new Set(['message', 'ignored', 'forged']));
});

it('survives depth, gibberish and torn bytes', () => {
  const random = seeded(7);
  const deep = '['.repeat(50_000) + ']'.repeat(50_000);
  const bodies = [deep, `{"a":${deep}}`, ...Array.from({ length: 300 }, () => gibberish(random, 300))];
  const whole = Buffer.from(JSON.stringify(ENVELOPE));
  const torn = Array.from({ length: 200 }, () => whole.subarray(0, Math.floor(random() * whole.length)));
  for (const body of [...bodies, ...torn]) {
    for (const kind of ['json', 'form'] as const) {
      expect(outcome(() => receive(signed(body, kind), SECRETS, NOW))).toMatch(/ignored|forged/);
    }
  }
});

it('says nothing of the secret or the body in a refusal', () => {
  const body = '{"type":"secret-body"';
  const attempts = [
    signed(body),
    { ...signed(body), body: Buffer.from('secret-body') },
    signed(body, 'json', NOW - 1e6),
  ];
  for (const request of attempts) {
    let error: unknown;
    try {
      receive(request, SECRETS, NOW);
    } catch (caught) {
      error = caught;
    }
    const told = `${(error as Error).message} ${(error as Error).stack} ${inspect(error)} ${JSON.stringify(error)}`;
    expect(error).toBeInstanceOf(ForgedRequestError);
    for (const secret of [SECRET, SECRETS.botToken, 'secret-body']) expect(told).not.toContain(secret);
  }
});
