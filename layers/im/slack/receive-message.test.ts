import { type Callback, ForgedRequestError } from '../chat-app';
import { readCommand, readEvent, readPress } from './receive-message';
import { eventEnvelope, NOW, pressPayload } from './signed.fixture';

const CHECKED = { teamId: 'T0HOME', appId: 'A0OURS' };
const UNCHECKED: Readonly<Record<string, string>> = {};
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

const message = (event: object, more: object = {}, secrets = CHECKED) =>
  readEvent(eventEnvelope({ type: 'message', ...event }, more), secrets);
const command = (more: Record<string, string>) =>
  readCommand(new URLSearchParams({ ...COMMAND, ...more }), CHECKED, NOW);
const press = (more: object = {}, secrets: Readonly<Record<string, string>> = CHECKED) =>
  readPress(pressPayload(more), secrets, NOW);
const reasonOf = (callback: Callback) => (callback.kind === 'ignored' ? callback.reason : callback.kind);

describe('readEvent()', () => {
  it('reads a message', () => {
    expect(message({ channel_type: 'channel', thread_ts: '1767225000.000100' })).toEqual({
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
    ['a direct chat', { channel: 'D0LI' }, true],
    ['an app_mention', { type: 'app_mention' }, true],
    ['a mention in a message', { text: 'x <@U0BOT>' }, true],
    ['a mention of someone else', { text: '<@U1> x' }, false],
    ['no mention', {}, false],
    ['a reply that is also shown in the channel', { subtype: 'thread_broadcast' }, false],
  ])('sets isForBot of %s', (_, event, isForBot) => {
    expect(message(event)).toMatchObject({ kind: 'message', message: { isForBot } });
  });

  it('reads the other person of a direct chat, and files by their ids', () => {
    const image = { id: 'F1', name: 'a.png', mimetype: 'image/png' };
    const files = [image, { id: 'F2', mode: 'tombstone' }, { name: 'no id' }, 7];
    expect(message({ subtype: 'file_share', channel: 'D0LI', team: undefined, files })).toMatchObject({
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
    ['a classic bot', { subtype: 'bot_message' }, /bot/],
    ['an app', { bot_profile: { id: 'B1' } }, /bot/],
    ['Slackbot', { user: 'USLACKBOT' }, /bot/],
    ['a file that the bot shared itself', { subtype: 'file_share', user: 'U0BOT', files: [{ id: 'F1' }] }, /bot/],
    ['an edit', { subtype: 'message_changed' }, /not a new message/],
    ['a deletion', { subtype: 'message_deleted' }, /not a new message/],
    ['a join', { subtype: 'channel_join' }, /not a new message/],
    ['another event', { type: 'reaction_added' }, /not used/],
    ['no author', { user: undefined }, /no author/],
    ['no channel', { channel: { id: 'C0OPS' } }, /no author/],
    ['no time', { ts: 'now' }, /no author/],
  ])('ignores %s', (_, event, reason) => {
    expect(reasonOf(message(event))).toMatch(reason);
  });

  it.each([
    ['a message in a shared channel', { team: 'T0OTHER' }, { team_id: 'T0OTHER', is_ext_shared_channel: true }],
    ['a mention from a workspace', { type: 'app_mention', user_team: 'T0OTHER', source_team: 'T0OTHER' }, {}],
    ['a mention from an organisation', { type: 'app_mention', user_team: 'E0OTHER' }, { is_ext_shared_channel: true }],
    ['a source', { source_team: 'T0OTHER' }, {}],
    ['a profile', { user_profile: { team: 'T0OTHER' } }, {}],
    ['a file', { subtype: 'file_share', team: undefined, files: [{ id: 'F1', user_team: 'T0OTHER' }] }, {}],
    ['an unnamed workspace in a shared channel', { team: undefined }, { is_ext_shared_channel: true }],
  ])('ignores an author of another workspace: %s', (_, event, more) => {
    for (const teamId of ['T0HOME', '']) {
      expect(reasonOf(message(event, more, { ...CHECKED, teamId }))).toMatch(/another workspace/);
    }
  });

  it('reads members of its workspace and organisation in a shared channel', () => {
    const authorizations = [{ enterprise_id: 'E0HOME', team_id: 'T0HOME', user_id: 'U0BOT', is_bot: true }];
    for (const user_team of ['T0HOME', 'E0HOME']) {
      expect(message({ user_team }, { authorizations, is_ext_shared_channel: true }).kind).toBe('message');
    }
  });
});

describe('readCommand()', () => {
  it('reads a slash command, and shows it in the channel', () => {
    const replyUrl = { url: COMMAND.response_url, expiresAt: NOW + 1_800_000 };
    expect(command({})).toEqual({
      kind: 'message',
      reply: { status: 200, body: { response_type: 'in_channel' } },
      message: {
        id: 'command:1.2.abc',
        platform: 'slack',
        conversation: { id: 'C0OPS', kind: 'group', replyUrl },
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
  ])('drops the reply url %j', (response_url) => {
    expect(command({ response_url })).not.toHaveProperty('message.conversation.replyUrl');
  });
});

describe('readPress()', () => {
  it('reads the command of a button', () => {
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

  it('reads the thread, also before its first reply', () => {
    const container = { message_ts: '2.000002', channel_id: 'C0OPS', thread_ts: '1.000001' };
    expect(press({ container })).toMatchObject({ message: { conversation: { thread: '1.000001' } } });
    const actions = [{ type: 'button', action_id: 'press-root:0', value: 'x' }];
    expect(press({ actions })).toMatchObject({ message: { conversation: { thread: '1767225600.000100' } } });
  });

  it('reads the values of a form by field name, without empty ones', () => {
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
    ['a modal', { type: 'view_submission' }, /not used/],
    ['no one', { user: { team_id: 'T0HOME' } }, /no author/],
    ['a foreigner', { user: { id: 'U9', team_id: 'T0OTHER' } }, /another workspace/],
    ['a foreigner in their own workspace', { user: { id: 'U9', team_id: 'T0X' }, team: { id: 'T0X' } }, /another/],
    ['a person without a workspace', { user: { id: 'U9' } }, /another workspace/],
  ])('ignores a press of %s', (_, more, reason) => {
    for (const secrets of [CHECKED, UNCHECKED]) expect(reasonOf(press(more, secrets))).toMatch(reason);
  });
});

it.each([
  ['an event of another app', () => message({}, { api_app_id: 'A0OTHER' }), /another app/],
  ['an event of another workspace', () => message({}, { authorizations: [{ team_id: 'T0X' }] }), /workspace/],
  ['an event of no workspace', () => readEvent(eventEnvelope({}, { authorizations: [], team_id: 7 }), {}), /workspace/],
  ['a command of another app', () => command({ api_app_id: 'A0OTHER' }), /another app/],
  ['a command of another workspace', () => command({ team_id: 'T0OTHER' }), /another workspace/],
  ['a press of another app', () => press({ api_app_id: 'A0OTHER' }), /another app/],
])('rejects %s', (_, attempt, reason) => {
  expect(attempt).toThrow(ForgedRequestError);
  expect(attempt).toThrow(reason);
});
