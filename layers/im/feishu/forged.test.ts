import { inspect } from 'node:util';
import { encrypt, encryptAndSign, encryptHandshake, signatureOf } from '../../../local/chat/feishu/encryption';
import { type CallbackRequest, ForgedRequestError, type Secrets } from '../chat-app';

import { ENCRYPTED, KEY, messageEvent, NOW, PLAIN, requestOf, sealed } from './event.fixture';
import { decrypt, receive } from './receive';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TOKEN = ENCRYPTED.verificationToken;
const deal = { now: NOW, nonce: 'n', encryptKey: KEY };
const text = (body: string, headers = {}): CallbackRequest => ({ method: 'POST', headers, body: Buffer.from(body) });

/** With a byte in its first word that no UTF-8 has. */
const torn = (body: Buffer): Buffer => Buffer.concat([body.subarray(0, 3), Buffer.from([0xff]), body.subarray(3)]);

function refusal(request: CallbackRequest, secrets: Secrets, now = NOW): string {
  try {
    return `let in: ${receive(request, secrets, now).kind}`;
  } catch (error) {
    if (!(error instanceof ForgedRequestError)) throw error;
    return error.message;
  }
}

it('agrees with the published test vector of the encryption', () => {
  expect(decrypt('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'test key')).toBe('hello world');
});

it('lets in what is encrypted and signed, until five minutes before and after', () => {
  const request = sealed(messageEvent(), KEY);
  for (const now of [NOW, NOW + 5 * MINUTE, NOW - 5 * MINUTE])
    expect(receive(request, ENCRYPTED, now).kind).toBe('message');
  for (const now of [NOW + 5 * MINUTE + 1, NOW - 5 * MINUTE - 1])
    expect(refusal(request, ENCRYPTED, now)).toMatch(/five minutes/);
});

it('lets in what is plain with the right token, for eight hours of redeliveries', () => {
  const request = sealed(messageEvent());
  for (const age of [0, 6 * HOUR + 5 * MINUTE, 8 * HOUR, -5 * MINUTE])
    expect(receive(request, PLAIN, NOW + age).kind).toBe('message');
  for (const age of [8 * HOUR + 1, -5 * MINUTE - 1]) expect(refusal(request, PLAIN, NOW + age)).toMatch(/eight hours/);
});

it.each(['appId', 'appSecret', 'verificationToken'])(
  'lets nobody in without %s, not even with an empty one',
  (name) => {
    for (const secrets of [ENCRYPTED, PLAIN]) {
      const request = sealed(messageEvent({ header: { token: '', app_id: '' } }), secrets.encryptKey);
      for (const missing of [{}, { [name]: '' }]) {
        const { [name]: _, ...rest } = secrets as Record<string, string>;
        expect(refusal(request, { ...rest, ...missing })).toBe(`the secret of this bot has no ${name}`);
      }
    }
  },
);

describe('with an Encrypt Key', () => {
  const good = encryptAndSign(messageEvent(), deal);
  const without = (name: string) => Object.fromEntries(Object.entries(good.headers).filter(([each]) => each !== name));
  const stamped = (timestamp: string) => {
    const headers = { ...good.headers, 'x-lark-request-timestamp': timestamp };
    return { ...headers, 'x-lark-signature': signatureOf(timestamp, 'n', KEY, good.body) };
  };

  it.each([
    ['a plain event', sealed(messageEvent()), /not encrypted/],
    [
      'a plain handshake',
      text(JSON.stringify({ type: 'url_verification', token: TOKEN, challenge: 'c' })),
      /not encrypted/,
    ],
    ['no signature', requestOf(good, { headers: without('x-lark-signature') }), /not signed/],
    ['no timestamp', requestOf(good, { headers: without('x-lark-request-timestamp') }), /timestamp/],
    ['a signed timestamp in milliseconds', requestOf(good, { headers: stamped(String(NOW)) }), /timestamp/],
    ['a signed timestamp in words', requestOf(good, { headers: stamped('now') }), /timestamp/],
    ['a timestamp that took digits of the nonce', requestOf(good, { headers: stamped(`${NOW / 1000}9`) }), /timestamp/],
    [
      'another nonce',
      requestOf(good, { headers: { ...good.headers, 'x-lark-request-nonce': 'm' } }),
      /signature is wrong/,
    ],
    ['a space more', requestOf({ ...good, body: `${good.body} ` }), /signature is wrong/],
    [
      'half a signature',
      requestOf(good, { headers: { ...good.headers, 'x-lark-signature': 'ab' } }),
      /signature is wrong/,
    ],
    ['a signature with another key', sealed(messageEvent(), 'another'), /not encrypted with/],
    ['another token', sealed(messageEvent({ header: { token: 'x' } }), KEY), /token/],
    [
      'a handshake with another token',
      requestOf(encryptHandshake({ type: 'url_verification', token: 'x', challenge: 'c' }, deal)),
      /token/,
    ],
    [
      'a handshake without a challenge',
      requestOf(encryptHandshake({ type: 'url_verification', token: TOKEN }, deal)),
      /challenge/,
    ],
    ['an event that calls itself a handshake', sealed({ ...messageEvent(), type: 'url_verification' }, KEY), /token/],
    ['nothing but a block', text('{"encrypt":"AAAAAAAAAAAAAAAAAAAAAA=="}'), /not encrypted with/],
    ['an encrypted number', text(JSON.stringify({ encrypt: encrypt('7', KEY, Buffer.alloc(16)) })), /JSON object/],
    ['something encrypted that is no text', text('{"encrypt":7}'), /not encrypted/],
    ['an empty cipher', text('{"encrypt":""}'), /not encrypted/],
  ])('refuses %s', (_, request, why) => {
    expect(refusal(request, ENCRYPTED)).toMatch(why);
  });

  it('answers the handshake, which is not signed', () => {
    const request = requestOf(encryptHandshake({ type: 'url_verification', token: TOKEN, challenge: 'c7' }, deal));
    expect(receive(request, ENCRYPTED, NOW)).toEqual({
      kind: 'handshake',
      reply: { status: 200, body: { challenge: 'c7' } },
    });
  });
});

describe('without one', () => {
  it.each([
    ['another token', sealed(messageEvent({ header: { token: `${TOKEN}x` } })), /token/],
    ['no token', sealed(messageEvent({ header: { token: undefined } })), /token/],
    ['a token that is a list', sealed(messageEvent({ header: { token: [TOKEN] } })), /token/],
    ['a handshake with another token', text('{"type":"url_verification","token":"x","challenge":"c"}'), /token/],
    ['a text that is no UTF-8', { ...sealed(messageEvent()), body: torn(sealed(messageEvent()).body) }, /JSON object/],
    ['an event that is encrypted', sealed(messageEvent(), KEY), /no encryptKey/],
    ['an event of no time', sealed(messageEvent({ header: { create_time: undefined } })), /eight hours/],
    ['an event of a strange time', sealed(messageEvent({ header: { create_time: '1e13' } })), /eight hours/],
  ])('refuses %s', (_, request, why) => {
    expect(refusal(request, PLAIN)).toMatch(why);
  });
});

it('says no secret and nothing of the request in a refusal', () => {
  const requests = [
    sealed(messageEvent({ header: { token: 'his-secret' } }), KEY),
    text('{"his-secret":'),
    sealed(messageEvent(), 'other'),
  ];
  for (const request of requests) {
    try {
      receive(request, ENCRYPTED, NOW);
      throw new Error('let in');
    } catch (error) {
      const told = [
        String(error),
        inspect(error),
        JSON.stringify(error),
        error instanceof Error ? error.stack : '',
      ].join('\n');
      expect(told).toContain('ForgedRequest');
      for (const secret of [...Object.values(ENCRYPTED), 'his-secret', '你好']) expect(told).not.toContain(secret);
    }
  }
});
