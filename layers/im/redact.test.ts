import { redact, secretsOf } from './redact';
import { byteLength } from './text';

const url = new URL('https://hooks.example/services/T01234567/aB3dE5gH7jK9?sig=x%2By-z0&v=1');

it('repeats no key of the url, encoded or not, and no secret', () => {
  const secrets = secretsOf(url, 'SEC12');
  expect(redact('bad x+y-z0, x%2By-z0, aB3dE5gH7jK9, SEC12', secrets)).toBe('bad ***, ***, ***, ***');
});

it('repeats no web or IP address, and nothing that looks like a key', () => {
  const text = 'invalid, from ip: 203.0.113.9, see https://a.example/?key=1 0123456789abcdef01234567 token=ab';
  expect(redact(text, [])).toBe('invalid, *** see *** *** ***');
});

it('leaves words readable', () => {
  expect(redact('posting_to_general_channel_denied: 告警 ErrCode: 200621', [])).toBe(
    'posting_to_general_channel_denied: 告警 ErrCode: 200621',
  );
});

it('is one short line, whatever page it was', () => {
  const line = redact('<html>\n\u001b[31m封锁'.repeat(100_000), []);
  expect(line).not.toMatch(/\p{C}/u);
  expect(byteLength(line)).toBeLessThanOrEqual(400);
});

it('does not tear a secret at the end so that half of it stays', () => {
  expect(redact(`${'a '.repeat(195)}aB3dE5gH7jK9${' b'.repeat(500)}`, secretsOf(url))).not.toContain('aB3');
});
