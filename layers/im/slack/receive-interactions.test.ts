import type { Callback } from '../chat-app';
import { receive } from './receive';
import { NOW, pressed, SECRET, signedForm } from './signed.fixture';

const SECRETS = { signingSecret: SECRET, teamId: 'T0HOME', appId: 'A0OURS' };
const OPEN = { signingSecret: SECRET };
const COMMAND = {
  command: '/case',
  text: 'open 数据库 <@U1|alice>',
  user_id: 'U0LI',
  user_name: 'li.lei',
  channel_id: 'C0OPS',
  team_id: 'T0HOME',
  api_app_id: 'A0OURS',
  trigger_id: '1.2.abc',
  response_url: 'https://hooks.slack.com/commands/T0HOME/1/abcdefgh1234',
};

const command = (more: Record<string, string>) => receive(signedForm({ ...COMMAND, ...more }), SECRETS, NOW);
const press = (more: object = {}, secrets: Readonly<Record<string, string>> = SECRETS) =>
  receive(signedForm({ payload: JSON.stringify(pressed(more)) }), secrets, NOW);
const reasonOf = (callback: Callback) => (callback.kind === 'ignored' ? callback.reason : callback.kind);

it('hears a slash command, and lets the others see it', () => {
  expect(command({})).toEqual({
    kind: 'message',
    reply: { status: 200, body: { response_type: 'in_channel' } },
    message: {
      id: 'command:1.2.abc',
      platform: 'slack',
      conversation: { id: 'C0OPS', kind: 'group', replyUrl: { url: COMMAND.response_url, expiresAt: NOW + 1_800_000 } },
      sender: { id: 'U0LI', name: 'li.lei' },
      text: 'open 数据库 @U1',
      mentions: [{ id: 'U1', name: 'alice' }],
      isForBot: true,
      sentAt: NOW,
    },
  });
});

it.each([
  'https://evil.example/commands/x',
  'http://hooks.slack.com/commands/x',
  'https://u:p@hooks.slack.com/x',
  'https://hooks.slack.com:8443/x',
  '',
])('never answers at %j', (response_url) => {
  expect(command({ response_url })).not.toHaveProperty('message.conversation.replyUrl');
});

it('hears a press', () => {
  expect(press()).toMatchObject({
    reply: { status: 200 },
    message: {
      id: 'press:1.2.abc',
      text: 'close 42',
      isForBot: true,
      sender: { id: 'U0LI', name: 'li.lei' },
      conversation: { id: 'C0OPS', kind: 'group' },
      sentAt: 1767225600500,
    },
  });
  expect(press()).not.toHaveProperty('message.fields');
  expect(press()).not.toHaveProperty('message.conversation.thread');
});

it('knows the thread of a press, also before anybody has replied', () => {
  const container = { message_ts: '2.000002', channel_id: 'C0OPS', thread_ts: '1.000001' };
  expect(press({ container })).toMatchObject({ message: { conversation: { thread: '1.000001' } } });
  const actions = [{ type: 'button', action_id: 'press-root:0', value: 'x' }];
  expect(press({ actions })).toMatchObject({ message: { conversation: { thread: '1767225600.000100' } } });
});

it('gives what was filled in by the names of the fields, without what was left empty', () => {
  const values = {
    'field:0': { subject: { type: 'plain_text_input', value: '主题' } },
    'field:1': { severity: { type: 'static_select', selected_option: { value: 'high' } } },
    'field:2': { body: { type: 'plain_text_input', value: null }, service: { selected_option: null } },
    'field:3': 'strange',
    'field:4': { __proto__: null, constructor: { value: 'c' } },
  };
  const actions = [{ type: 'button', action_id: 'submit:0', value: 'open' }];
  expect(press({ state: { values }, actions })).toMatchObject({
    message: { text: 'open', fields: { subject: '主题', severity: 'high', constructor: 'c' } },
  });
});

it.each([
  ['a link', { actions: [{ type: 'button', action_id: 'x' }] }, /link/],
  ['a choice', { actions: [{ type: 'static_select', value: 'x' }] }, /field/],
  ['nothing', { actions: [] }, /field/],
  ['a modal', { type: 'view_submission' }, /nobody waits/],
  ['nobody', { user: { team_id: 'T0HOME' } }, /no author/],
  ['a stranger', { user: { id: 'U9', team_id: 'T0OTHER' } }, /another workspace/],
  ['a stranger in their own workspace', { user: { id: 'U9', team_id: 'T0OTHER' }, team: { id: 'T0OTHER' } }, /another/],
  ['somebody without a workspace', { user: { id: 'U9' } }, /another workspace/],
])('does not listen to a press of %s', (_, more, reason) => {
  for (const secrets of [SECRETS, OPEN]) expect(reasonOf(press(more, secrets))).toMatch(reason);
});
