import { createHash } from 'node:crypto';
import { encrypt, encryptAndSign, encryptHandshake, signatureOf } from '../../../local/chat/feishu/encryption';
import { printError } from '../against.fixture';
import { type CallbackRequest, ForgedRequestError, type Secrets } from '../chat-app';
import { ENCRYPTED, KEY, messageEvent, NOW, PLAIN, pressEvent, signedRequest, toRequest } from './event.fixture';
import { decrypt, receive } from './receive';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TOKEN = ENCRYPTED.verificationToken;
const SIGNING = { now: NOW, nonce: 'n', encryptKey: KEY };
const HANDSHAKE = { type: 'url_verification', token: TOKEN, challenge: 'c7' };

const text = (body: string, headers = {}): CallbackRequest => ({ method: 'POST', headers, body: Buffer.from(body) });
const withInvalidByte = (body: Buffer) => Buffer.concat([body.subarray(0, 3), Buffer.from([0xff]), body.subarray(3)]);

/** The reason of the ForgedRequestError, or `accepted as` and the callback's kind. */
function rejectionOf(request: CallbackRequest, secrets: Secrets, now = NOW): string {
  try {
    return `accepted as ${receive(request, secrets, now).kind}`;
  } catch (error) {
    if (error instanceof ForgedRequestError) return error.message;
    throw error;
  }
}

it('decrypt() agrees with the published test vector', () => {
  expect(decrypt('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'test key')).toBe('hello world');
});

it('accepts an unencrypted event for eight hours of redeliveries', () => {
  const request = signedRequest(messageEvent());
  for (const age of [0, 6 * HOUR + 5 * MINUTE, 8 * HOUR, -5 * MINUTE])
    expect(receive(request, PLAIN, NOW + age).kind).toBe('message');
  for (const age of [8 * HOUR + 1, -5 * MINUTE - 1])
    expect(rejectionOf(request, PLAIN, NOW + age)).toMatch(/eight hours/);
});

it.each(['appId', 'appSecret', 'verificationToken'])('rejects every request without %s', (name) => {
  for (const secrets of [ENCRYPTED, PLAIN]) {
    const request = signedRequest(messageEvent({ header: { token: '', app_id: '' } }), secrets.encryptKey);
    const { [name]: _, ...others } = secrets as Record<string, string>;
    for (const given of [others, { ...others, [name]: '' }])
      expect(rejectionOf(request, given)).toBe(`the secret of this bot has no ${name}`);
  }
});

describe('with an Encrypt Key', () => {
  const signed = encryptAndSign(messageEvent(), SIGNING);
  const changed = (headers: Record<string, string>) =>
    toRequest(signed, { headers: { ...signed.headers, ...headers } });
  const stamped = (timestamp: string) => {
    const signature = signatureOf(timestamp, 'n', KEY, signed.body);
    return changed({ 'x-lark-request-timestamp': timestamp, 'x-lark-signature': signature });
  };
  const handshake = (change: object) => toRequest(encryptHandshake({ ...HANDSHAKE, ...change }, SIGNING));

  it.each([
    ['an unencrypted event', signedRequest(messageEvent()), /not encrypted/],
    ['an unencrypted handshake', text(JSON.stringify(HANDSHAKE)), /not encrypted/],
    ['no signature', changed({ 'x-lark-signature': '' }), /not signed/],
    ['no timestamp', changed({ 'x-lark-request-timestamp': '' }), /timestamp/],
    ['a signed timestamp in milliseconds', stamped(String(NOW)), /timestamp/],
    ['a signed timestamp that is no number', stamped('now'), /timestamp/],
    ['a timestamp with digits of the nonce', stamped(`${NOW / 1000}9`), /timestamp/],
    ['a signature that is too old', stamped(String(NOW / 1000 - 301)), /five minutes/],
    ['another nonce', changed({ 'x-lark-request-nonce': 'm' }), /signature is wrong/],
    ['another body', toRequest({ ...signed, body: `${signed.body} ` }), /signature is wrong/],
    ['a short signature', changed({ 'x-lark-signature': 'ab' }), /signature is wrong/],
    ['another Encrypt Key', signedRequest(messageEvent(), 'another'), /not encrypted with/],
    ['another token', signedRequest(messageEvent({ header: { token: 'x' } }), KEY), /token/],
    ['a handshake with another token', handshake({ token: 'x' }), /token/],
    ['a handshake without a challenge', handshake({ challenge: undefined }), /challenge/],
    ['an event as a handshake', signedRequest({ ...messageEvent(), type: 'url_verification' }, KEY), /token/],
    ['an IV without a cipher', text('{"encrypt":"AAAAAAAAAAAAAAAAAAAAAA=="}'), /not encrypted with/],
    ['an encrypted number', text(JSON.stringify({ encrypt: encrypt('7', KEY, Buffer.alloc(16)) })), /JSON object/],
    ['a cipher that is no text', text('{"encrypt":7}'), /not encrypted/],
  ])('rejects %s', (_, request, reason) => {
    expect(rejectionOf(request, ENCRYPTED)).toMatch(reason);
  });

  it('answers the handshake, which is encrypted and not signed', () => {
    const reply = { status: 200, body: { challenge: 'c7' } };
    expect(receive(handshake({}), ENCRYPTED, NOW)).toEqual({ kind: 'handshake', reply });
  });
});

it.each([
  ['another token', signedRequest(messageEvent({ header: { token: `${TOKEN}x` } })), /token/],
  ['no token', signedRequest(messageEvent({ header: { token: undefined } })), /token/],
  ['a token that is a list', signedRequest(messageEvent({ header: { token: [TOKEN] } })), /token/],
  ['a handshake with another token', text(JSON.stringify({ ...HANDSHAKE, token: 'x' })), /token/],
  ['invalid UTF-8', text('', {}), /JSON object/],
  ['an encrypted event', signedRequest(messageEvent(), KEY), /no encryptKey/],
  ['an event without a time', signedRequest(messageEvent({ header: { create_time: undefined } })), /eight hours/],
  ['an event with an invalid time', signedRequest(messageEvent({ header: { create_time: '1e13' } })), /eight hours/],
])('rejects %s without an Encrypt Key', (name, request, reason) => {
  const invalid = { ...request, body: withInvalidByte(signedRequest(messageEvent()).body) };
  expect(rejectionOf(name === 'invalid UTF-8' ? invalid : request, PLAIN)).toMatch(reason);
});

describe.each([
  ['encrypted', ENCRYPTED],
  ['unencrypted', PLAIN],
])('%s requests', (_name, secrets: Record<string, string>) => {
  const key = secrets.encryptKey;

  it('are rejected for another app or another tenant', () => {
    const request = (header: object, sender = {}) => signedRequest(messageEvent({ header, sender }), key);
    expect(rejectionOf(request({ app_id: 'cli_other' }), secrets)).toMatch(/another app/);
    const elsewhere = request({ tenant_key: 'other' }, { tenant_key: 'other' });
    expect(rejectionOf(elsewhere, secrets)).toMatch(/another tenant/);
    const { tenantKey: _, ...anyTenant } = secrets;
    expect(receive(elsewhere, anyTenant, NOW).kind).toBe('message');
  });

  it('are rejected in the form of before version 2.0, also with the right token and signature', () => {
    const event = { app_id: secrets.appId, tenant_key: secrets.tenantKey, type: 'message', open_id: 'ou_1', text: 'a' };
    const event1 = { ts: `${NOW / 1000}.7171`, uuid: 'u', token: TOKEN, type: 'event_callback', event };
    expect(rejectionOf(signedRequest(event1, key), secrets)).toMatch(/version 2\.0/);
    expect(rejectionOf(text(JSON.stringify(event1)), secrets)).toMatch(/version 2\.0|not encrypted/);
    const action = { tag: 'button', value: { command: '关闭 42' } };
    const ids = { open_id: 'ou_1', open_message_id: 'om_1', open_chat_id: 'oc_1', tenant_key: secrets.tenantKey };
    const body = JSON.stringify({ ...ids, token: 'c-1', action });
    const timestamp = String(NOW / 1000);
    const headers = {
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': 'n',
      'x-lark-signature': createHash('sha1').update(`${timestamp}n${TOKEN}${body}`).digest('hex'),
    };
    expect(rejectionOf(text(body, headers), secrets)).toMatch(/version 2\.0|not encrypted/);
  });

  it.each([
    ...['', '{', 'null', '[]', '7', '"x"', '{}', '\u0000', `${'['.repeat(200_000)}`],
    ...['{"encrypt":{}}', '{"header":[]}', '{"schema":"2.0","header":{}}', '{"__proto__":{"encrypt":"x"}}'],
  ])('are rejected with the body %.30j', (body) => {
    expect(rejectionOf(text(body), secrets)).not.toMatch(/accepted/);
  });

  it('are rejected with another method than POST', () => {
    expect(rejectionOf({ ...signedRequest(messageEvent(), key), method: 'GET' }, secrets)).toMatch(/POST/);
  });

  it('never fail with another error, whatever value replaces a part of the event', () => {
    for (const value of [undefined, null, 7, 'x', [], {}, [[]], { open_id: {} }, '__proto__', 'constructor'])
      for (const event of [...variants(messageEvent(), value), ...variants(pressEvent(), value)])
        expect(rejectionOf(signedRequest(event, key), secrets)).toMatch(/./);
  });
});

/** The object as often as it has properties, each time with another one replaced. */
function variants(object: object, value: unknown): object[] {
  return Object.entries(object).flatMap(([name, old]) => {
    const inner = typeof old === 'object' && old !== null ? variants(old, value) : [];
    return [{ ...object, [name]: value }, ...inner.map((each) => ({ ...object, [name]: each }))];
  });
}

it('keeps secrets and the request out of the error', () => {
  const requests = [
    signedRequest(messageEvent({ header: { token: 'their-secret' } }), KEY),
    text('{"their-secret":'),
    signedRequest(messageEvent(), 'other'),
  ];
  for (const request of requests) {
    expect.assertions(18);
    try {
      receive(request, ENCRYPTED, NOW);
    } catch (error) {
      if (!(error instanceof ForgedRequestError)) throw error;
      for (const secret of [...Object.values(ENCRYPTED).slice(0, 4), 'their-secret', '你好'])
        expect(printError(error)).not.toContain(secret);
    }
  }
});
