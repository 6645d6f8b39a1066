import { inspect } from 'node:util';
import { type Callback, ForgedRequestError } from '../chat-app';
import { gibberish, seeded } from '../hostile.fixture';
import { receive, verify } from './receive';
import { eventEnvelope, NOW, pressPayload, SECRET, signed, signedForm } from './signed.fixture';

/** The example of "Verifying requests from Slack". */
const EXAMPLE = {
  method: 'POST',
  headers: {
    'x-slack-request-timestamp': '1531420618',
    'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  },
  body: Buffer.from(
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
  ),
};
const SIGNED_AT = 1531420618_000;

describe('verify()', () => {
  it.each([0, 299_999, 300_000, -300_000])('accepts the documented example %i ms after it was signed', (age) => {
    expect(() => verify(EXAMPLE, SECRET, SIGNED_AT + age)).not.toThrow();
  });

  it.each([300_001, -300_001, 86_400_000])('rejects it %i ms after it was signed', (age) => {
    expect(() => verify(EXAMPLE, SECRET, SIGNED_AT + age)).toThrow(/signed -?\d+ seconds ago/);
  });

  it('verifies the bytes, also those that are no UTF-8', () => {
    const request = signed(Buffer.from([0xff, 0xfe, 0x00, 0xe5]));
    expect(() => verify(request, SECRET, NOW)).not.toThrow();
    const changed = { ...request, body: Buffer.from([0xff, 0xfd, 0x00, 0xe5]) };
    expect(() => verify(changed, SECRET, NOW)).toThrow(ForgedRequestError);
  });

  it.each([
    ['with no secret', {}, undefined, /no signing secret/],
    ['with an empty secret', {}, '', /no signing secret/],
    ['with another secret', {}, `${SECRET}x`, /does not match/],
    ['without a signature', { 'x-slack-signature': undefined }, SECRET, /no signature/],
    ['with an empty signature', { 'x-slack-signature': '' }, SECRET, /no signature/],
    ['with another version', { 'x-slack-signature': `v1=${'a'.repeat(64)}` }, SECRET, /v0/],
    ['with a shortened signature', { 'x-slack-signature': `v0=${'a'.repeat(63)}` }, SECRET, /no signature/],
    ['without a time', { 'x-slack-request-timestamp': undefined }, SECRET, /no timestamp/],
    ['with a time that is no number', { 'x-slack-request-timestamp': 'NaN' }, SECRET, /no timestamp/],
    ['with an endless time', { 'x-slack-request-timestamp': '9'.repeat(400) }, SECRET, /no timestamp/],
    ['with another time', { 'x-slack-request-timestamp': '1531420619' }, SECRET, /does not match/],
  ])('rejects a request %s', (_, changed, secret, reason) => {
    const headers = Object.entries({ ...EXAMPLE.headers, ...changed }).filter(([, value]) => value !== undefined);
    const attempt = () => verify({ ...EXAMPLE, headers: Object.fromEntries(headers) as never }, secret, SIGNED_AT);
    expect(attempt).toThrow(ForgedRequestError);
    expect(attempt).toThrow(reason);
  });
});

describe('receive()', () => {
  const SECRETS = { signingSecret: SECRET, botToken: 'xoxb-not-a-real-token-0123456789' };
  const receiveJson = (body: unknown) => receive(signed(JSON.stringify(body)), SECRETS, NOW);

  it('answers the challenge and the check of the certificate', () => {
    const challenge = receiveJson({ type: 'url_verification', challenge: 'c', token: 't' });
    expect(challenge).toEqual({ kind: 'handshake', reply: { status: 200, body: { challenge: 'c' } } });
    const certificate = receive(signedForm({ ssl_check: '1', token: 't' }), SECRETS, NOW);
    expect(certificate).toEqual({ kind: 'handshake', reply: { status: 200 } });
  });

  it.each([
    ['half of a JSON', signed('{"type":'), /not JSON/],
    ['a list', signed('[]'), /not JSON/],
    ['an empty form', signed('', 'form'), /neither a slash command/],
    ['a form with half of a JSON', signedForm({ payload: '{' }), /neither a slash command/],
    ['a GET', { ...signed('{}'), method: 'GET' }, /not a POST/],
    ['plain text', { ...signed('{}'), headers: { ...signed('{}').headers, 'content-type': 'text/plain' } }, /neither/],
  ])('rejects %s', (_, request, reason) => {
    expect(() => receive(request, SECRETS, NOW)).toThrow(ForgedRequestError);
    expect(() => receive(request, SECRETS, NOW)).toThrow(reason);
  });

  it('keeps the secret and the body out of its errors', () => {
    const body = '{"type":"secret-body"';
    const tampered = { ...signed(body), body: Buffer.from('secret-body') };
    for (const request of [signed(body), tampered, signed(body, 'json', NOW - 1e6)]) {
      let error = new Error('no error');
      try {
        receive(request, SECRETS, NOW);
      } catch (caught) {
        error = caught as Error;
      }
      expect(error).toBeInstanceOf(ForgedRequestError);
      const printed = `${error.message} ${error.stack} ${inspect(error)} ${JSON.stringify(error)}`;
      for (const secret of [SECRET, SECRETS.botToken, 'secret-body']) expect(printed).not.toContain(secret);
    }
  });

  const COMPLETE = expect.objectContaining({
    id: expect.stringMatching(/^[^:]+:.+/),
    text: expect.any(String),
    sender: expect.objectContaining({ id: expect.stringMatching(/^U/) }),
    conversation: expect.objectContaining({ id: expect.stringMatching(/^[CD]/) }),
    sentAt: expect.any(Number),
  });

  /** The kind of callback, or `forged`; any other error and an incomplete message fail the test. */
  function outcome(attempt: () => Callback): string {
    try {
      const callback = attempt();
      if (callback.kind === 'message') expect(callback.message).toEqual(COMPLETE);
      return callback.kind;
    } catch (error) {
      if (!(error instanceof ForgedRequestError)) throw error;
      return 'forged';
    }
  }

  const event = { type: 'message', text: '<@U0BOT> <@U1|a> <https://a.example|b>', files: [{ id: 'F1' }] };
  const press = pressPayload({
    actions: [{ type: 'button', action_id: 'submit-root:0', value: 'open' }],
    state: { values: { 'field:0': { subject: { value: 'x' }, severity: { selected_option: { value: 'y' } } } } },
  });

  it.each<[string, unknown, (body: unknown) => Callback]>([
    ['an event', eventEnvelope(event), receiveJson],
    ['a press', press, (body) => receive(signedForm({ payload: JSON.stringify(body) }), SECRETS, NOW)],
  ])(
    'never returns an incomplete message or throws another error for %s with a strange value anywhere',
    (_, body, read) => {
      const outcomes = [...spoilt(body)].map((changed) => outcome(() => read(changed)));
      expect(new Set(outcomes)).toEqual(new Set(['message', 'ignored', 'forged']));
    },
  );

  it('survives depth, gibberish and bytes that are cut off', () => {
    const random = seeded(7);
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    const whole = Buffer.from(JSON.stringify(eventEnvelope(event)));
    const cut = Array.from({ length: 200 }, () => whole.subarray(0, Math.floor(random() * whole.length)));
    const texts = Array.from({ length: 300 }, () => gibberish(random, 300));
    for (const body of [deep, `{"a":${deep}}`, ...texts, ...cut]) {
      for (const kind of ['json', 'form'] as const) {
        expect(outcome(() => receive(signed(body, kind), SECRETS, NOW))).toMatch(/ignored|forged/);
      }
    }
  });
});

const STRANGE = [null, 0, 9e15, '', 'x'.repeat(10_000), [], {}, [[[]]], { id: {} }, true, '<@U0BOT', '__proto__'];

/** Every way to put something strange anywhere in the value. */
function* spoilt(value: unknown): Generator<unknown> {
  yield* STRANGE;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    for (const changed of spoilt(inner)) {
      yield Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed };
    }
  }
}
