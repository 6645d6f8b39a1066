import { channelContract } from '../channel.contract';
import { slack } from './webhook';

const TOKEN = 'aB3dE5gH7jK9mN1pQ3sT5vX7';

channelContract(slack, {
  webhook: { url: `https://hooks.slack.com/services/T01234567/B01234567/${TOKEN}` },
  secrets: [TOKEN],
  accept: [{ body: 'ok' }, { body: 'ok\n' }],
  refusals: [
    { name: 'payload', status: 400, body: 'invalid_payload', retryable: false, reason: /could not read/ },
    { name: 'blocks', status: 400, body: 'invalid_blocks', retryable: false },
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
      retryAfter: 30,
    },
    { name: 'a word on HTTP 200', body: 'invalid_token', retryable: false },
    { name: 'a status nobody knows', status: 418, body: 'teapot', retryable: false, reason: /HTTP 418: teapot/ },
  ],
});
