import { parseWebhooks } from './delivery/destinations';

it('reads one url, with its secret and the keyword', () => {
  expect(parseWebhooks('{"url":"https://a/1","secret":"SEC1"}', '告警')).toEqual([
    { url: 'https://a/1', secret: 'SEC1', keyword: '告警' },
  ]);
});

it('reads several urls, each with its own secret in the same order', () => {
  expect(parseWebhooks('{"url":"https://a/1, https://b/2 https://c/3","secret":"SEC1 - S3"}', '')).toEqual([
    { url: 'https://a/1', secret: 'SEC1' },
    { url: 'https://b/2' },
    { url: 'https://c/3', secret: 'S3' },
  ]);
});

it('takes a secret that somebody has replaced by the bare url', () => {
  expect(parseWebhooks(' https://a/1 ', '')).toEqual([{ url: 'https://a/1' }]);
});

it.each([
  ['{"url":"","secret":""}', /WebhookUrl/],
  ['', /WebhookUrl/],
  ['{"url":"https://a/token123","secret":"x y z"}', /3 signing secrets for 1 webhook/],
  ['{"url":"https://a/token123', /not readable/],
])('says what is wrong with %s, and never repeats it', (stored, sentence) => {
  expect(() => parseWebhooks(stored, '')).toThrow(sentence);
  expect(() => parseWebhooks(stored, '')).not.toThrow(/token123/);
});
