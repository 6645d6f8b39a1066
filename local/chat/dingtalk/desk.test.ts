import { type Office, openOffice } from './office.fixture';

const API = 'https://api.dingtalk.com';
const GROUP = `${API}/v1.0/robot/groupMessages/send`;
const PEOPLE = `${API}/v1.0/robot/oToMessages/batchSend`;
const BY_MOBILE = 'https://oapi.dingtalk.com/topapi/v2/user/getbymobile';
const TEXT = { msgKey: 'sampleText', msgParam: '{"content":"你好"}' };

let office: Office;
let token: string;
let robotCode: string;
beforeEach(async () => {
  office = await openOffice();
  robotCode = office.workspace.secrets.appKey ?? '';
  token = await buy();
});
afterEach(() => office.close());

async function buy(): Promise<string> {
  const { appKey, appSecret } = office.workspace.secrets;
  const { body } = await office.call(`${API}/v1.0/oauth2/accessToken`, { appKey, appSecret });
  return String(Object(body).accessToken);
}

const send = (url: string, body: unknown, withToken = token) =>
  office.call(url, body, { 'x-acs-dingtalk-access-token': withToken });

it('sells a token to the app only', async () => {
  const { appKey } = office.workspace.secrets;
  for (const body of [{ appKey, appSecret: 'x' }, { appSecret: 'x' }, 'x', '']) {
    const refused = await office.call(`${API}/v1.0/oauth2/accessToken`, body);
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalidClientIdOrSecret' } });
  }
});

it('sells the same token again for two hours, which then lives on, and another one later', async () => {
  office.clock.now += 7_199_000;
  expect(await buy()).toBe(token);
  office.clock.now += 7_199_000;
  const message = { ...TEXT, robotCode, openConversationId: office.group.id };
  expect(await send(GROUP, message)).toMatchObject({ status: 200 });
  office.clock.now += 1_000;
  expect(await send(GROUP, message)).toMatchObject({ status: 400, body: { code: 'InvalidAuthentication' } });
  expect(await buy()).not.toBe(token);
});

it('wants the token in its own header', async () => {
  const code = 'AuthenticationFailed.MissingParameter';
  expect(await office.call(GROUP, {}, { authorization: `Bearer ${token}` })).toMatchObject({
    status: 400,
    body: { code },
  });
  expect(await send(GROUP, {}, 'x')).toMatchObject({ status: 400, body: { code: 'InvalidAuthentication' } });
});

const big = (bytes: number) => JSON.stringify({ content: '告'.repeat(Math.floor((bytes - 14) / 3)) });
const card = (param: object) => ({ msgKey: 'sampleActionCard2', msgParam: JSON.stringify(param) });

it.each([
  ['no JSON', 'x', 'invalidParameter.msgBody.invalid'],
  ['no robot', { robotCode: '' }, 'invalidParameter.robotCode.missing'],
  ['another robot', { robotCode: 'dingx' }, 'invalidParameter.robotCode.auth'],
  ['no msgKey', { msgKey: '' }, 'invalidParameter.msgKey.empty'],
  ['an unknown msgKey', { msgKey: 'sampleCard' }, 'invalidParameter.msgKey.invalid'],
  ["an inherited property's name as msgKey", { msgKey: 'constructor' }, 'invalidParameter.msgKey.invalid'],
  ['parameters that are no text', { msgParam: { content: 'x' } }, 'invalidParameter.msgParam.invalid'],
  ['parameters over 15,000 bytes of Chinese', { msgParam: big(15_003) }, 'invalidParameter.msgParam.tooLong'],
  ['a text without content', { msgParam: '{}' }, 'miss.param.contentOfText'],
  ['a markdown without title', { msgKey: 'sampleMarkdown', msgParam: '{"text":"x"}' }, 'miss.param.markdownTotitle'],
  ['a card without text', card({ title: 't' }), 'miss.param.actionCardTotext'],
  [
    'a card that lacks a button',
    card({ title: 't', text: 'x', actionTitle1: 'a', actionURL1: 'u' }),
    'miss.param.actionCardTobtnsTotitle',
  ],
  [
    'a button without address',
    card({ title: 't', text: 'x', actionTitle1: 'a' }),
    'miss.param.actionCardTobtnsToactionUrl',
  ],
  [
    'one button without title',
    { msgKey: 'sampleActionCard', msgParam: '{"title":"t","text":"x"}' },
    'miss.param.actionCardTosingleTitle',
  ],
  ['no group', { openConversationId: '' }, 'miss.openConversationId'],
  ['a group that the robot is not in', { openConversationId: 'cidx==' }, 'invalid.openConversationId'],
])('refuses a message with %s', async (_, change, code) => {
  const message = { ...TEXT, robotCode, openConversationId: office.group.id };
  const refused = await send(GROUP, typeof change === 'string' ? change : { ...message, ...change });
  expect(refused).toMatchObject({
    status: 400,
    body: { code, message: expect.any(String), requestid: expect.any(String) },
  });
  expect(office.group.posts).toEqual([]);
  expect(office.workspace.rejections).toEqual([{ path: '/v1.0/robot/groupMessages/send', ...refused }]);
});

it('takes parameters of up to 15,000 bytes', async () => {
  const message = { ...TEXT, robotCode, openConversationId: office.group.id, msgParam: big(15_000) };
  expect(await send(GROUP, message)).toMatchObject({ status: 200, body: { processQueryKey: expect.any(String) } });
});

it('reaches the people it knows, and lists the others in an answer that is a yes', async () => {
  const [first, second, , guest] = office.workspace.users.map(({ id }) => id);
  const { status, body } = await send(PEOPLE, { ...TEXT, robotCode, userIds: [first, second, guest, 'nobody'] });
  expect([status, body]).toMatchObject([200, { invalidStaffIdList: [guest, 'nobody'], flowControlledStaffIdList: [] }]);
  expect(office.workspace.conversations.map(({ posts }) => posts.length)).toEqual([0, 1, 1, 0, 0]);
  expect(office.direct.posts).toMatchObject([{ by: 'bot', view: { lines: ['你好'] } }]);
});

it.each([
  [[], 'invalidParameter.userIds.empty'],
  [Array(21).fill('x'), 'invalidParameter.userIds.overMax'],
])('does not write to %j', async (userIds, code) => {
  expect(await send(PEOPLE, { ...TEXT, robotCode, userIds })).toMatchObject({ status: 400, body: { code } });
});

it('lets each call be made twenty times a second', async () => {
  const message = { ...TEXT, robotCode, openConversationId: office.group.id };
  const answers = await Promise.all(Array.from({ length: 21 }, () => send(GROUP, message)));
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused).toMatchObject([{ status: 403, body: { code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi' } }]);
  expect(await send(PEOPLE, { ...TEXT, robotCode, userIds: ['x'] })).toMatchObject({ status: 200 });
  office.clock.now += 1_000;
  expect(await send(GROUP, message)).toMatchObject({ status: 200 });
});

it('finds a colleague by mobile number, in an HTTP 200 that holds its refusals, too', async () => {
  const find = (mobile: unknown, query = `?access_token=${token}`) => office.call(BY_MOBILE + query, { mobile });
  expect(await find('13800000001')).toMatchObject({ status: 200, body: { errcode: 0, result: { userid: office.li } } });
  expect(await find('13900000009')).toMatchObject({ status: 200, body: { errcode: 60121 } });
  expect(await find(undefined)).toMatchObject({ status: 200, body: { errcode: 400002 } });
  expect(await find('1', '')).toMatchObject({ status: 200, body: { errcode: 88, sub_code: '40000' } });
  expect(await find('1', '?access_token=x')).toMatchObject({ status: 200, body: { errcode: 88, sub_code: '40014' } });
});

it('knows no other calls', async () => {
  expect(await send(`${API}/v1.0/robot/x`, {})).toMatchObject({
    status: 404,
    body: { code: 'InvalidAction.NotFound' },
  });
  expect(await send('https://oapi.dingtalk.com/topapi/x', {})).toMatchObject({ status: 200, body: { errcode: 22 } });
});

it('leaves the webhooks of custom robots to their rooms', async () => {
  const answer = await office.call('https://oapi.dingtalk.com/robot/send?access_token=x', {});
  expect(answer.body).toMatchObject({ errcode: 300005 });
  expect(office.workspace.rejections).toEqual([]);
});
