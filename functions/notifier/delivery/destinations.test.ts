import { createRuntime } from '@casebell/im/webhooks';
import { cardNamed } from '../entry.fixture';
import { createDestinations, removedDestination } from './destinations';

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

it('names a webhook by its platform, the same every time, whatever else stands beside it', () => {
  const [one] = open([DINGTALK]);
  const [other, again] = open([SLACK, DINGTALK]);
  expect(one?.id).toMatch(/^dingtalk-[0-9a-f]{12}$/);
  expect(again?.id).toBe(one?.id);
  expect(other?.id).toMatch(/^slack-[0-9a-f]{12}$/);
});

it('names two webhooks of one platform differently', () => {
  const ids = open([DINGTALK, `${DINGTALK}0`]).map(({ id }) => id);
  expect(new Set(ids).size).toBe(2);
});

it('never has any of the token or the secret in what is logged of it', () => {
  for (const { id } of open([DINGTALK, SLACK, `https://chat.example/${TOKEN}`]))
    for (let from = 0; from + 6 <= TOKEN.length; from += 1) {
      expect(id).not.toContain(TOKEN.slice(from, from + 6));
      expect(id).not.toMatch(/X{3}|secret|B0000/);
    }
});

it('has the quota of the platform’s free plan, or the one that was asked for', () => {
  expect(open([DINGTALK, SLACK]).map(({ quota }) => quota)).toEqual([3_000, undefined]);
  expect(open([DINGTALK, SLACK], 500).map(({ quota }) => quota)).toEqual([500, 500]);
});

it.each([`https://chat.example/${TOKEN}`, 'no url at all'])(
  'refuses what it is given for %s with a reason, and opens the others',
  async (wrong) => {
    const [broken, sound] = open([wrong, SLACK]);
    expect([broken?.id.split('-')[0], sound?.channel.platform]).toEqual(['unknown', 'slack']);
    expect(broken?.channel.compose(cardNamed('a'))).toHaveLength(1);
    const rejection = await broken?.channel.post({}).catch((error) => error);
    expect(rejection).toMatchObject({ retryable: false, message: expect.stringContaining('hooks.slack.com') });
    expect(String(rejection)).not.toContain(TOKEN);
  },
);

it('refuses for good what waits for a webhook that was taken out', async () => {
  const { id, channel } = removedDestination('slack-1');
  expect(id).toBe('slack-1');
  await expect(channel.post({})).rejects.toMatchObject({
    retryable: false,
    message: expect.stringMatching(/removed from the stack/),
  });
});
