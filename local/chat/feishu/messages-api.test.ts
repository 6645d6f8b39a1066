import { atDesk, card, type Desk, form, MINUTE, message, named, SEND } from './desk.fixture';

let desk: Desk;
beforeEach(async () => {
  desk = await atDesk();
});

it.each([
  ['an unknown chat', () => message(desk.group, {}, { receive_id: 'oc_x' }), 230001, 'receive_id'],
  ['no JSON', () => message(desk.group, '{'), 230001, 'json'],
  ['an unknown type', () => message(desk.group, {}, { msg_type: 'x' }), 230001, 'msg_type'],
  ['an empty text', () => message(desk.group, { text: '' }, { msg_type: 'text' }), 230001, 'empty'],
  [
    'too long a key',
    () => message(desk.group, { text: 'a' }, { msg_type: 'text', uuid: 'k'.repeat(51) }),
    230001,
    'uuid',
  ],
  ['a card over 30 KB', () => message(desk.group, card({ tag: 'markdown', content: '告'.repeat(10_200) })), 230025, ''],
  ['a text over 150 KB', () => message(desk.group, { text: 'a'.repeat(150 * 1024) }, { msg_type: 'text' }), 230025, ''],
  ['an action in a 2.0 card', () => message(desk.group, card({ tag: 'action', actions: [] })), 230099, '200861'],
  [
    'a card for everybody alone',
    () => message(desk.group, { ...card({ tag: 'hr' }), config: { update_multi: false } }),
    230099,
    '200621',
  ],
  [
    'a call of nobody',
    () => message(desk.group, card({ tag: 'markdown', content: '<at id=ou_x></at>' })),
    230099,
    '100290',
  ],
  [
    '201 components',
    () => message(desk.group, card(...Array.from({ length: 201 }, () => ({ tag: 'hr' })))),
    230099,
    'exceeds the limit',
  ],
  [
    'a property of no component',
    () => message(desk.group, card(named('button', { url: 'https://a.example' }))),
    230099,
    'property: url',
  ],
  [
    'a form inside of something',
    () => message(desk.group, card({ tag: 'column_set', columns: [{ tag: 'column', elements: [form()] }] })),
    230099,
    'root',
  ],
  [
    'a form without a submit button',
    () => message(desk.group, card(named('form', { elements: [named('input')] }))),
    230099,
    'submit',
  ],
  ['a field without a name', () => message(desk.group, card(form({ tag: 'input' }))), 230099, 'name is empty'],
  ['two of one name', () => message(desk.group, card(form(named('input'), named('input')))), 230099, 'duplicate name'],
  [
    'an input of 8,000 letters',
    () => message(desk.group, card(form(named('input', { max_length: 8000 })))),
    230099,
    'max_length',
  ],
  [
    'a preset of 1,001',
    () => message(desk.group, card(form(named('input', { default_value: 'a'.repeat(1001) })))),
    230099,
    'default_value',
  ],
  [
    'a hint of 101',
    () =>
      message(desk.group, card(form(named('input', { placeholder: { tag: 'plain_text', content: 'a'.repeat(101) } })))),
    230099,
    'placeholder',
  ],
  [
    'two options of one value',
    () => message(desk.group, card(form(named('select_static', { options: [{ value: 'a' }, { value: 'a' }] })))),
    230099,
    'duplicate options',
  ],
])('does not send %s', async (_, payload, code, words) => {
  expect(await desk.call('POST', SEND, payload())).toMatchObject({
    status: 400,
    body: { code, msg: expect.stringContaining(words) },
  });
  expect(desk.workspace.conversations[0]?.posts).toEqual([]);
});

it('sends nothing where the bot is not', async () => {
  desk.workspace.expel(desk.group);
  expect((await desk.call('POST', SEND, message(desk.group, card({ tag: 'hr' })))).body.code).toBe(230002);
  expect((await desk.call('GET', `im/v1/chats/${desk.group}/chat_tabs/list_tabs`)).body.code).toBe(232011);
  expect(
    (await desk.call('POST', SEND, message(desk.group, card({ tag: 'hr' }), { receive_id: desk.direct }))).body.code,
  ).toBe(0);
});

it('knows a key for an hour', async () => {
  const hello = () => desk.call('POST', SEND, message(desk.group, { text: 'a' }, { msg_type: 'text', uuid: 'k' }));
  const first = await hello();
  desk.clock.now += 59 * MINUTE;
  expect((await hello()).body.data.message_id).toBe(first.body.data.message_id);
  expect(desk.workspace.conversations[0]?.posts).toHaveLength(1);
  desk.clock.now += MINUTE;
  await hello();
  expect(desk.workspace.conversations[0]?.posts).toHaveLength(2);
});

it('takes five messages a second in a chat, and fifty calls of one kind', async () => {
  const hello = () => desk.call('POST', SEND, message(desk.group, { text: 'a' }, { msg_type: 'text' }));
  for (let sent = 0; sent < 5; sent++) expect((await hello()).body.code).toBe(0);
  expect(await hello()).toMatchObject({ status: 400, body: { code: 230020 } });
  for (let asked = 0; asked < 50; asked++) await desk.call('GET', 'bot/v3/info');
  expect(await desk.call('GET', 'bot/v3/info')).toMatchObject({
    status: 429,
    body: { code: 99991400 },
    headers: { 'x-ogw-ratelimit-reset': '1' },
  });
  desk.clock.now += 1000;
  expect((await hello()).body.code).toBe(0);
});
