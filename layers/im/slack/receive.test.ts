import { type Callback, ForgedRequestError } from '../chat-app';
import { receive } from './receive';
import { envelope, NOW, pressed, SECRET, signed, signedForm } from './signed.fixture';

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

const hear = (body: object | string, secrets = SECRETS) =>
  receive(signed(typeof body === 'string' ? body : JSON.stringify(body)), secrets, NOW);
const command = (more: Record<string, string>) => receive(signedForm({ ...COMMAND, ...more }), SECRETS, NOW);
const press = (more: object = {}, secrets: Readonly<Record<string, string>> = SECRETS) =>
  receive(signedForm({ payload: JSON.stringify(pressed(more)) }), secrets, NOW);
const reasonOf = (callback: Callback) => (callback.kind === 'ignored' ? callback.reason : callback.kind);

it('gives the challenge back, and shows its certificate', () => {
  expect(hear({ type: 'url_verification', challenge: 'c', token: 't' })).toEqual({
    kind: 'handshake',
    reply: { status: 200, body: { challenge: 'c' } },
  });
  expect(receive(signedForm({ ssl_check: '1', token: 't' }), SECRETS, NOW)).toEqual({
    kind: 'handshake',
    reply: { status: 200 },
  });
});

it('hears a message', () => {
  expect(hear(envelope({ type: 'message', channel_type: 'channel', thread_ts: '1767225000.000100' }))).toEqual({
    kind: 'message',
    reply: { status: 200 },
    message: {
      id: 'C0OPS:1767225600.000100',
      platform: 'slack',
      conversation: { id: 'C0OPS', kind: 'group', thread: '1767225000.000100' },
      sender: { id: 'U0LI' },
      text: 'hi',
      isForBot: false,
      sentAt: 1767225600000,
    },
  });
});

it.each([
  ['in a direct chat', { type: 'message', channel: 'D0LI' }, true],
  ['by an app_mention', { type: 'app_mention' }, true],
  ['by a mention in a message', { type: 'message', text: 'x <@U0BOT>' }, true],
  ['not by a mention of somebody else', { type: 'message', text: '<@U1> x' }, false],
  ['not by nothing', { type: 'message' }, false],
  ['not by a reply that is shown in the channel', { type: 'message', subtype: 'thread_broadcast' }, false],
])('is addressed %s', (_, event, isForBot) => {
  expect(hear(envelope(event))).toMatchObject({ kind: 'message', message: { isForBot } });
});

it('never takes a file that it has shared itself for one of a person', () => {
  const files = [{ id: 'F1', name: 'a.log' }];
  const own = envelope({ type: 'message', subtype: 'file_share', user: 'U0BOT', team: 'T0HOME', files });
  expect(hear(own)).toMatchObject({ kind: 'ignored', reason: 'from a bot' });
});

it('knows that a direct chat is with its author, and gives files by their ids', () => {
  const files = [
    { id: 'F1', name: 'a.png', mimetype: 'image/png' },
    { id: 'F2', mode: 'tombstone' },
    { name: 'no id' },
    7,
  ];
  expect(
    hear(envelope({ type: 'message', subtype: 'file_share', channel: 'D0LI', team: undefined, files })),
  ).toMatchObject({
    message: {
      conversation: { id: 'D0LI', kind: 'direct', userId: 'U0LI' },
      files: [
        { key: 'F1', kind: 'image', name: 'a.png' },
        { key: 'F2', kind: 'file' },
      ],
    },
  });
});

it.each([
  ['a bot', { bot_id: 'B1' }, /bot/],
  ['a bot of old', { subtype: 'bot_message' }, /bot/],
  ['an app', { bot_profile: { id: 'B1' } }, /bot/],
  ['Slackbot', { user: 'USLACKBOT' }, /bot/],
  ['an edit', { subtype: 'message_changed' }, /not a new message/],
  ['a deletion', { subtype: 'message_deleted' }, /not a new message/],
  ['a join', { subtype: 'channel_join' }, /not a new message/],
  ['another event', { type: 'reaction_added' }, /nobody waits/],
  ['nobody', { user: undefined }, /no author/],
  ['no channel', { channel: { id: 'C0OPS' } }, /no author/],
  ['no time', { ts: 'now' }, /no author/],
])('does not listen to %s', (_, event, reason) => {
  expect(reasonOf(hear(envelope({ type: 'message', ...event })))).toMatch(reason);
});

it.each([
  ['a message in a shared channel', { team: 'T0OTHER' }, { team_id: 'T0OTHER', is_ext_shared_channel: true }],
  ['a mention from a workspace', { type: 'app_mention', user_team: 'T0OTHER', source_team: 'T0OTHER' }, {}],
  ['a mention from an organisation', { type: 'app_mention', user_team: 'E0OTHER' }, { is_ext_shared_channel: true }],
  ['a source', { source_team: 'T0OTHER' }, {}],
  ['a profile', { user_profile: { team: 'T0OTHER' } }, {}],
  ['a file', { subtype: 'file_share', team: undefined, files: [{ id: 'F1', user_team: 'T0OTHER' }] }, {}],
  ['somebody unnamed in a shared channel', { team: undefined }, { is_ext_shared_channel: true }],
])('takes the author of %s for a stranger', (_, event, more) => {
  for (const secrets of [SECRETS, { ...SECRETS, teamId: '' }]) {
    expect(reasonOf(hear(envelope({ type: 'message', ...event }, more), secrets))).toMatch(/another workspace/);
  }
});

it('knows its own people in a shared channel and in its organisation', () => {
  const authorizations = [{ enterprise_id: 'E0HOME', team_id: 'T0HOME', user_id: 'U0BOT', is_bot: true }];
  for (const team of ['T0HOME', 'E0HOME']) {
    const more = { authorizations, is_ext_shared_channel: true };
    expect(hear(envelope({ type: 'message', user_team: team }, more)).kind).toBe('message');
  }
});

it.each([
  ['another app', () => hear(envelope({ type: 'message' }, { api_app_id: 'A0OTHER' })), /another app/],
  [
    'another workspace',
    () => hear(envelope({ type: 'message' }, { authorizations: [{ team_id: 'T0X' }] })),
    /workspace/,
  ],
  ['no workspace', () => hear(envelope({}, { authorizations: [], team_id: 7 }), OPEN as never), /workspace/],
  ["another app's command", () => command({ api_app_id: 'A0OTHER' }), /another app/],
  ["another workspace's command", () => command({ team_id: 'T0OTHER' }), /another workspace/],
  ["another app's press", () => press({ api_app_id: 'A0OTHER' }), /another app/],
  ['half a JSON', () => hear('{"type":'), /not JSON/],
  ['a list', () => hear('[]'), /not JSON/],
  ['an empty form', () => receive(signed('', 'form'), SECRETS, NOW), /no slash command/],
  ['a form of half a JSON', () => receive(signedForm({ payload: '{' }), SECRETS, NOW), /no slash command/],
  ['a GET', () => receive({ ...signed('{}'), method: 'GET' }, SECRETS, NOW), /not a POST/],
  [
    'plain text',
    () =>
      receive({ ...signed('{}'), headers: { ...signed('{}').headers, 'content-type': 'text/plain' } }, SECRETS, NOW),
    /neither/,
  ],
  ['no secret', () => hear('{}', { ...SECRETS, signingSecret: '' }), /no signing secret/],
])('refuses %s', (_, attempt, reason) => {
  expect(attempt).toThrow(ForgedRequestError);
  expect(attempt).toThrow(reason);
});
