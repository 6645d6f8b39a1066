import { createSlackTemplates } from '../../../local/chat/slack/callback-templates';
import { chatAppContract } from '../chat-app.contract';
import { withBody, withHeaders, written } from '../written.fixture';
import { slackBot } from './bot';

const NOW = Date.UTC(2026, 0);
const RESPONSE = 'https://hooks.slack.com/actions/T0CASEBELL/1234567/aB3dE5gH7jK9mN1pQ3sT5vX7';
const scribe = createSlackTemplates();
const text = written(scribe, 'text', NOW);
const request = text.sealed();
const handshake = written(scribe, 'handshake', NOW);
const byTheBot = { bot_id: 'B0CASEBELL', user: 'U0CASEBELL' };

chatAppContract(slackBot, {
  secrets: scribe.secrets,
  now: NOW,
  window: 300_000,
  proofs: ['signingSecret', 'teamId', 'appId'],
  reply: { status: 200 },
  text: { request, again: withHeaders(text.sealed(NOW + 60_000), { 'x-slack-retry-num': '1' }) },
  press: { request: written(scribe, 'press', NOW).sealed(), says: { text: '关闭工单 2' } },
  form: { request: written(scribe, 'form', NOW).sealed(), says: { text: '提工单', fields: { subject: '数据库 3' } } },
  own: written(scribe, 'text', NOW, (content) => ({
    ...content,
    event: { ...Object(content.event), ...byTheBot },
  })).sealed(),
  handshake: { request: handshake.sealed(), reply: { status: 200, body: { challenge: handshake.content.challenge } } },
  forged: {
    'another signature': withHeaders(request, { 'x-slack-signature': `v0=${'0'.repeat(64)}` }),
    'no signature': withHeaders(request, { 'x-slack-signature': '' }),
    'another time': withHeaders(request, { 'x-slack-request-timestamp': `${NOW / 1000 + 1}` }),
    'another body': withBody(request, (body) => `${body} `),
    'what is no JSON': withHeaders(request, { 'content-type': 'text/plain' }),
  },
  places: [
    { id: 'C0OPS', kind: 'group' },
    { id: 'C0OPS', kind: 'group', thread: '1767225600.000100' },
    { id: 'D0LI', kind: 'direct', userId: 'U0LI', replyUrl: { url: RESPONSE, expiresAt: NOW + 600_000 } },
  ],
  accept: { body: { ok: true, ts: '1767225600.000200' } },
  badSecrets: ['invalid_auth', 'account_inactive', 'token_revoked'].map((error) => ({ body: { ok: false, error } })),
});
