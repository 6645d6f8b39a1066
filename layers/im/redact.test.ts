import { redact, secretsOf } from './redact';
import { byteLength } from './text';

const url = new URL('https://hooks.example/services/T01234567/aB3dE5gH7jK9?sig=x%2By-z0&v=1');

it('redact() removes the keys of the url, encoded or not, and the secret', () => {
  const secrets = secretsOf(url, 'SEC12');
  expect(redact('bad x+y-z0, x%2By-z0, aB3dE5gH7jK9, SEC12', secrets)).toBe('bad ***, ***, ***, ***');
});

it('redact() removes web and IP addresses, and what looks like a key', () => {
  const text = 'invalid, from ip: 203.0.113.9, see https://a.example/?key=1 0123456789abcdef01234567 token=ab';
  expect(redact(text, [])).toBe('invalid, *** see *** *** ***');
});

it('redact() leaves words readable', () => {
  expect(redact('posting_to_general_channel_denied: 告警 ErrCode: 200621', [])).toBe(
    'posting_to_general_channel_denied: 告警 ErrCode: 200621',
  );
});

it('redact() returns one short line of any page', () => {
  const line = redact('<html>\n\u001b[31m封锁'.repeat(100_000), []);
  expect(line).not.toMatch(/\p{C}/u);
  expect(byteLength(line)).toBeLessThanOrEqual(400);
});

it('redact() leaves no half of a secret at the end', () => {
  expect(redact(`${'a '.repeat(195)}aB3dE5gH7jK9${' b'.repeat(500)}`, secretsOf(url))).not.toContain('aB3');
});
