import { type Office, openOffice } from './office.fixture';

const TEXT = { msgtype: 'text', text: { content: '你好' } };

let office: Office;
let session: string;
beforeEach(async () => {
  office = await openOffice();
  await office.workspace.say(office.li, office.group.id, 'hi', { mention: true });
  session = office.messages()[0]?.conversation.replyUrl?.url ?? '';
});
afterEach(() => office.close());

it('lets the robot answer in the talk for ninety minutes, without a token', async () => {
  office.clock.now += 5_399_999;
  expect(await office.call(session, TEXT)).toEqual({ status: 200, body: { errcode: 0, errmsg: 'ok' } });
  expect(office.group.posts.at(-1)).toMatchObject({ by: 'bot', view: { lines: ['你好'] }, payload: TEXT });
  office.clock.now += 1;
  expect(await office.call(session, TEXT)).toEqual({
    status: 200,
    body: { errcode: 300001, errmsg: 'session 不存在' },
  });
});

it.each([
  ['a session that never was', 'https://oapi.dingtalk.com/robot/sendBySession?session=x', TEXT, 300001],
  ['no session', 'https://oapi.dingtalk.com/robot/sendBySession', TEXT, 300001],
  ['half a JSON', '', '{"msgtype":', 40035],
  ['an unknown message type', '', { msgtype: 'sampleText' }, 400105],
  ['a card without buttons', '', { msgtype: 'actionCard', actionCard: { title: 't', text: 'x' } }, 40035],
  ['20,001 bytes of Chinese', '', { msgtype: 'text', text: { content: '告'.repeat(6_700) } }, 460101],
])('refuses %s inside an HTTP 200', async (_, url, body, errcode) => {
  expect(await office.call(url || session, body)).toMatchObject({ status: 200, body: { errcode } });
  expect(office.group.posts).toHaveLength(1);
});

it('answers where it was asked, though another talk is going on', async () => {
  await office.workspace.say(office.li, office.direct.id, 'hello');
  await office.call(session, TEXT);
  expect([office.group.posts.length, office.direct.posts.length]).toEqual([2, 1]);
});

it.each([
  ['error', { body: { errcode: -1 } }],
  ['throttle', { body: { errcode: 130101 } }],
] as const)('fails as it is told to (%s), as often as it is told to', async (kind, answer) => {
  office.workspace.injectFault('/robot/sendBySession', kind, 1);
  expect(await office.call(session, TEXT)).toMatchObject(answer);
  expect(office.group.posts).toHaveLength(1);
  expect(await office.call(session, TEXT)).toMatchObject({ body: { errcode: 0 } });
});

it('shows a message whose answer is lost, and none where it hangs; the robot may say either again', async () => {
  const { conversation } = office.messages()[0] ?? {};
  if (!conversation) throw new Error('Nobody was heard.');
  for (const [kind, posts] of [
    ['lost', 2],
    ['hang', 2],
  ] as const) {
    office.workspace.injectFault('/robot/sendBySession', kind, 1);
    const said = office.app.send({ title: 't', severity: 'info' }, conversation);
    await expect(said).rejects.toMatchObject({ retryable: true, uncertain: 'unanswered' });
    expect(office.group.posts).toHaveLength(posts);
  }
});

it.each([
  ['error', { retryable: true, code: 'system.error' }],
  ['throttle', { retryable: true, throttled: true, retryAfter: 1 }],
] as const)('has trouble in the OpenAPI, too (%s)', async (kind, facts) => {
  office.workspace.injectFault('groupMessages/send', kind, 1);
  const said = office.app.send({ title: 't', severity: 'info' }, { id: office.group.id, kind: 'group' });
  await expect(said).rejects.toMatchObject(facts);
});
