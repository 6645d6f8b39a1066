import { createDecipheriv, createHash } from 'node:crypto';
import { encrypt, seal, sealHandshake, signatureOf } from './seal';

const deal = { now: 1_752_346_850_837, nonce: '950646929', encryptKey: 'test key' };

it('encrypts as the published example, with its IV', () => {
  const published = 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=';
  const iv = Buffer.from(published, 'base64').subarray(0, 16);
  expect(encrypt('hello world', 'test key', iv)).toBe(published);
});

it('signs timestamp, nonce, key and body, one behind the other', () => {
  const signature = createHash('sha256').update('1752346850950646929kä{"x":"告"}').digest('hex');
  expect(signatureOf('1752346850', '950646929', 'kä', '{"x":"告"}')).toBe(signature);
});

it('sends an event encrypted and signed in seconds', () => {
  const { headers, body } = seal({ 告: 1 }, deal);
  expect(headers).toMatchObject({ 'x-lark-request-timestamp': '1752346850', 'x-lark-request-nonce': '950646929' });
  expect(headers['x-lark-signature']).toBe(signatureOf('1752346850', '950646929', 'test key', body));
  const bytes = Buffer.from(JSON.parse(body).encrypt, 'base64');
  const key = createHash('sha256').update('test key').digest();
  const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
  expect(decipher.update(bytes.subarray(16), undefined, 'utf8') + decipher.final('utf8')).toBe('{"告":1}');
});

it('never uses an IV twice', () => {
  const bodies = ['1', '2'].map((nonce) => seal({ x: 1 }, { ...deal, nonce }).body);
  expect(new Set(bodies).size).toBe(2);
});

it('signs neither a handshake nor, without a key, an event', () => {
  const plain = { ...deal, encryptKey: undefined };
  for (const call of [sealHandshake({ x: 1 }, deal), sealHandshake({ x: 1 }, plain), seal({ x: 1 }, plain)]) {
    expect(Object.keys(call.headers)).toEqual(['content-type']);
  }
  expect(sealHandshake({ x: 1 }, deal).body).toMatch(/^{"encrypt":/);
  expect(seal({ x: 1 }, plain).body).toBe('{"x":1}');
});
