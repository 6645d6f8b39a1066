import { channelContract } from '../channel.contract';
import { slackWebhook } from './webhook';

const TOKEN = 'aB3dE5gH7jK9mN1pQ3sT5vX7';

const UNREADABLE = ['invalid_payload', 'invalid_blocks', 'invalid_attachments', 'no_text'];
const REJECTED = { retryable: false, payloadRejected: true as const };

channelContract(slackWebhook, {
  webhook: { url: `https://hooks.slack.com/services/T01234567/B01234567/${TOKEN}` },
  secrets: [TOKEN],
  rateLimits: [{ messages: 1, seconds: 1 }],
  accept: [{ body: 'ok' }, { body: 'ok\n' }],
  refusals: [
    ...UNREADABLE.map((body) => ({ name: body, status: 400, body, ...REJECTED, reason: /could not read/ })),
    { name: 'too long', status: 400, body: 'msg_blocks_too_long', ...REJECTED, reason: /too long/ },
    { name: 'no such person', status: 400, body: 'user_not_found', retryable: false },
    { name: 'archived', status: 410, body: 'channel_is_archived', retryable: false, reason: /unarchive/ },
    { name: 'gone', status: 404, body: 'no_service', retryable: false, reason: /create one/ },
    { name: 'forbidden', status: 403, body: 'action_prohibited', retryable: false, reason: /admin/ },
    { name: 'rollup', status: 500, body: 'rollup_error', retryable: true },
    {
      name: 'too fast',
      status: 429,
      headers: { 'retry-after': '30' },
      body: 'rate_limited',
      retryable: true,
      retryAfterSeconds: 30,
      throttled: true,
    },
    { name: 'too fast, in another spelling', body: 'ratelimited', retryable: true, throttled: true },
    { name: 'a word on HTTP 200', body: 'invalid_token', retryable: false },
    { name: 'an unknown status', status: 418, body: 'teapot', retryable: false, reason: /HTTP 418: teapot/ },
  ],
});
