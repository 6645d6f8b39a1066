import { ForgedRequestError } from '../chat-app';
import { verify } from './signature';
import { NOW, SECRET, signed } from './signed.fixture';

/** The example of "Verifying requests from Slack". */
const BODY =
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
const EXAMPLE = {
  method: 'POST',
  headers: {
    'x-slack-request-timestamp': '1531420618',
    'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  },
  body: Buffer.from(BODY),
};
const THEN = 1531420618_000;

it.each([0, 299_999, 300_000, -300_000])('lets the published example in %i ms after it was signed', (age) => {
  expect(() => verify(EXAMPLE, SECRET, THEN + age)).not.toThrow();
});

it.each([300_001, -300_001, 86_400_000])('does not let it in %i ms after it was signed', (age) => {
  expect(() => verify(EXAMPLE, SECRET, THEN + age)).toThrow(/signed -?\d+ seconds ago/);
});

it('verifies the bytes, also those that are no UTF-8', () => {
  const request = signed(Buffer.from([0xff, 0xfe, 0x00, 0xe5]));
  expect(() => verify(request, SECRET, NOW)).not.toThrow();
  expect(() => verify({ ...request, body: Buffer.from([0xff, 0xfd, 0x00, 0xe5]) }, SECRET, NOW)).toThrow(
    ForgedRequestError,
  );
});

it.each([undefined, ''])('lets nobody in without a secret (%j)', (secret) => {
  expect(() => verify(EXAMPLE, secret, THEN)).toThrow(/no signing secret/);
});

it.each([
  ['of another secret', {}, `${SECRET}x`, /not of this body/],
  ['without a signature', { 'x-slack-signature': undefined }, SECRET, /no signature/],
  ['with an empty signature', { 'x-slack-signature': '' }, SECRET, /no signature/],
  [
    'of another version',
    { 'x-slack-signature': EXAMPLE.headers['x-slack-signature'].replace('v0', 'v1') },
    SECRET,
    /v0/,
  ],
  ['cut short', { 'x-slack-signature': EXAMPLE.headers['x-slack-signature'].slice(0, -1) }, SECRET, /no signature/],
  ['without a time', { 'x-slack-request-timestamp': undefined }, SECRET, /no timestamp/],
  ['with a time that is no number', { 'x-slack-request-timestamp': 'NaN' }, SECRET, /no timestamp/],
  ['with an endless time', { 'x-slack-request-timestamp': '9'.repeat(400) }, SECRET, /no timestamp/],
  ['with another time', { 'x-slack-request-timestamp': '1531420619' }, SECRET, /not of this body/],
])('refuses one %s', (_, changed, secret, reason) => {
  const headers = Object.fromEntries(
    Object.entries({ ...EXAMPLE.headers, ...changed }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
  const rejection = () => verify({ ...EXAMPLE, headers }, secret, THEN);
  expect(rejection).toThrow(ForgedRequestError);
  expect(rejection).toThrow(reason);
});
