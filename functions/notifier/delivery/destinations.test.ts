import { createRuntime } from '@casebell/im/webhooks';
import { cardNamed } from '../entry.fixture';
import { createDestinations, parseWebhooks, removedDestination } from './destinations';

const TOKEN = '0123456789abcdef'.repeat(4);
const DINGTALK = `https://oapi.dingtalk.com/robot/send?access_token=${TOKEN}`;
const SLACK = 'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX';
const runtime = createRuntime('http://127.0.0.1:9');
const open = (urls: readonly string[], quota = 0) =>
  createDestinations(
    urls.map((url) => ({ url, secret: `secret of ${url}` })),
    { monthlyMessages: quota },
    runtime,
  );

it('createDestinations() derives one id from each webhook, the same every time, which begins with its platform', () => {
  const [one] = open([DINGTALK]);
  const [other, again, second] = open([SLACK, DINGTALK, `${DINGTALK}0`]);
  expect(second?.id).not.toBe(one?.id);
  expect(one?.id).toMatch(/^dingtalk-[0-9a-f]{12}$/);
  expect(again?.id).toBe(one?.id);
  expect(other?.id).toMatch(/^slack-[0-9a-f]{12}$/);
});

it('an id of a destination contains no part of the token or the secret', () => {
  for (const { id } of open([DINGTALK, SLACK, `https://chat.example/${TOKEN}`]))
    for (let from = 0; from + 6 <= TOKEN.length; from += 1) {
      expect(id).not.toContain(TOKEN.slice(from, from + 6));
      expect(id).not.toMatch(/X{3}|secret|B0000/);
    }
});

it('createDestinations() sets the quota of the platform’s free plan, or the given one', () => {
  expect(open([DINGTALK, SLACK]).map(({ quota }) => quota)).toEqual([3_000, undefined]);
  expect(open([DINGTALK, SLACK], 500).map(({ quota }) => quota)).toEqual([500, 500]);
});

it.each([`https://chat.example/${TOKEN}`, 'no url at all'])(
  'createDestinations() rejects messages for %s with a reason, and opens the others',
  async (wrong) => {
    const [broken, sound] = open([wrong, SLACK]);
    expect([broken?.id.split('-')[0], sound?.channel.platform]).toEqual(['unknown', 'slack']);
    expect(broken?.channel.compose(cardNamed('a'))).toHaveLength(1);
    const rejection = await broken?.channel.post({}).catch((error) => error);
    expect(rejection).toMatchObject({ retryable: false, message: expect.stringContaining('hooks.slack.com') });
    expect(String(rejection)).not.toContain(TOKEN);
  },
);

it('removedDestination() rejects every message for good', async () => {
  const { id, channel } = removedDestination('slack-1');
  expect(id).toBe('slack-1');
  await expect(channel.post({})).rejects.toMatchObject({
    retryable: false,
    message: expect.stringMatching(/removed from the stack/),
  });
});

it.each([
  ['one url with its secret', '{"url":"https://a/1","secret":"SEC1"}', [{ url: 'https://a/1', secret: 'SEC1' }]],
  ['the url alone', ' https://a/1 ', [{ url: 'https://a/1' }]],
  [
    'several urls, each with its secret in the same order',
    '{"url":"https://a/1, https://b/2 https://c/3","secret":"SEC1 - S3"}',
    [{ url: 'https://a/1', secret: 'SEC1' }, { url: 'https://b/2' }, { url: 'https://c/3', secret: 'S3' }],
  ],
])('parseWebhooks() reads %s, and adds the keyword', (_, stored, webhooks) => {
  expect(parseWebhooks(stored, '')).toEqual(webhooks);
  expect(parseWebhooks(stored, '告警')).toEqual(webhooks.map((webhook) => ({ ...webhook, keyword: '告警' })));
});

it.each([
  ['{"url":"","secret":""}', /WebhookUrl/],
  ['', /WebhookUrl/],
  ['{"url":"https://a/token123","secret":"x y z"}', /3 signing secrets for 1 webhook/],
  ['{"url":"https://a/token123', /not readable/],
])('parseWebhooks() describes what is wrong with %s, and never repeats it', (stored, sentence) => {
  expect(() => parseWebhooks(stored, '')).toThrow(sentence);
  expect(() => parseWebhooks(stored, '')).not.toThrow(/token123/);
});
