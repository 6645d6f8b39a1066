import { createHmac } from 'node:crypto';
import type { CallbackRequest } from '../chat-app';

export const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
export const NOW = Date.UTC(2026, 0);

const TYPES = { json: 'application/json', form: 'application/x-www-form-urlencoded' };

/** A request as Slack signs it. */
export function signed(body: string | Buffer, kind: keyof typeof TYPES = 'json', now = NOW): CallbackRequest {
  const bytes = Buffer.from(body);
  const timestamp = String(Math.floor(now / 1000));
  const hex = createHmac('sha256', SECRET)
    .update(Buffer.concat([Buffer.from(`v0:${timestamp}:`), bytes]))
    .digest('hex');
  const headers = {
    'content-type': TYPES[kind],
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${hex}`,
  };
  return { method: 'POST', headers, body: bytes };
}

export function signedForm(fields: Record<string, string>): CallbackRequest {
  return signed(new URLSearchParams(fields).toString(), 'form');
}

/** An event of our own workspace, with changes. */
export function eventEnvelope(event: object, more: object = {}): Record<string, unknown> {
  return {
    token: 'deprecated',
    team_id: 'T0HOME',
    api_app_id: 'A0OURS',
    event: { user: 'U0LI', team: 'T0HOME', channel: 'C0OPS', ts: '1767225600.000100', text: 'hi', ...event },
    type: 'event_callback',
    event_id: 'Ev1',
    authorizations: [{ enterprise_id: null, team_id: 'T0HOME', user_id: 'U0BOT', is_bot: true }],
    is_ext_shared_channel: false,
    ...more,
  };
}

/** A press in our own workspace, with changes. */
export function pressPayload(more: object = {}): Record<string, unknown> {
  return {
    type: 'block_actions',
    user: { id: 'U0LI', name: 'li.lei', team_id: 'T0HOME' },
    team: { id: 'T0HOME', domain: 'home' },
    api_app_id: 'A0OURS',
    container: { type: 'message', message_ts: '1767225600.000100', channel_id: 'C0OPS' },
    channel: { id: 'C0OPS', name: 'ops' },
    message: { type: 'message', ts: '1767225600.000100', team: 'T0HOME', bot_id: 'B0BOT' },
    state: { values: {} },
    trigger_id: '1.2.abc',
    response_url: 'https://hooks.slack.com/actions/T0HOME/1/abcdefgh1234',
    actions: [{ type: 'button', action_id: 'press:0', value: 'close 42', action_ts: '1767225600.500000' }],
    ...more,
  };
}
