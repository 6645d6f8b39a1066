import type { Card } from '@casebell/im/webhooks';
import { startTestBot, type TestBot } from '../bot.fixture';
import { signatureOf } from './webhook-response';

const API = 'https://api.dingtalk.com';
const OAPI = 'https://oapi.dingtalk.com';
const GROUP = `${API}/v1.0/robot/groupMessages/send`;
const USERS = `${API}/v1.0/robot/oToMessages/batchSend`;
const DOWNLOAD = `${API}/v1.0/robot/messageFiles/download`;
const TEXT = { msgKey: 'sampleText', msgParam: '{"content":"你好"}' };
const MB = 1024 * 1024;

let bot: TestBot;
let token: string;
let robotCode: string;
beforeEach(async () => {
  bot = await startTestBot('dingtalk');
  robotCode = bot.workspace.secrets.appKey ?? '';
  token = await issueToken();
});
afterEach(() => bot.close());

async function issueToken(): Promise<string> {
  const { appKey, appSecret } = bot.workspace.secrets;
  return (await bot.call(`${API}/v1.0/oauth2/accessToken`, { appKey, appSecret })).body.accessToken;
}

const call = (url: string, body: unknown, withToken = token) =>
  bot.call(url, body, { 'x-acs-dingtalk-access-token': withToken });
const message = (change = {}) => ({ ...TEXT, robotCode, openConversationId: bot.group.id, ...change });
const chinese = (bytes: number) => JSON.stringify({ content: '告'.repeat(Math.floor((bytes - 14) / 3)) });
const card2 = (param: object) => ({ msgKey: 'sampleActionCard2', msgParam: JSON.stringify(param) });
const file = (param: object) => ({ msgKey: 'sampleFile', msgParam: JSON.stringify(param) });

describe('the DingTalk API', () => {
  it('issues a token for two hours to the app only', async () => {
    const { appKey } = bot.workspace.secrets;
    for (const body of [{ appKey, appSecret: 'x' }, { appSecret: 'x' }, 'x', '']) {
      const refused = await bot.call(`${API}/v1.0/oauth2/accessToken`, body);
      expect(refused).toMatchObject({ status: 400, body: { code: 'invalidClientIdOrSecret' } });
    }
    bot.clock.now += 7_199_000;
    expect(await issueToken()).toBe(token);
    bot.clock.now += 7_199_000;
    expect(await call(GROUP, message())).toMatchObject({ status: 200 });
    bot.clock.now += 1_000;
    expect(await call(GROUP, message())).toMatchObject({ status: 400, body: { code: 'InvalidAuthentication' } });
    const inOtherHeader = await bot.call(GROUP, {}, { authorization: `Bearer ${token}` });
    expect(inOtherHeader.body.code).toBe('AuthenticationFailed.MissingParameter');
    expect(await issueToken()).not.toBe(token);
  });

  it.each([
    ['no JSON', 'x', 'invalidParameter.msgBody.invalid'],
    ['no robot', { robotCode: '' }, 'invalidParameter.robotCode.missing'],
    ['another robot', { robotCode: 'dingx' }, 'invalidParameter.robotCode.auth'],
    ['no msgKey', { msgKey: '' }, 'invalidParameter.msgKey.empty'],
    ['an unknown msgKey', { msgKey: 'sampleCard' }, 'invalidParameter.msgKey.invalid'],
    ['an inherited name as msgKey', { msgKey: 'constructor' }, 'invalidParameter.msgKey.invalid'],
    ['parameters that are no text', { msgParam: { content: 'x' } }, 'invalidParameter.msgParam.invalid'],
    ['over 15,000 bytes', { msgParam: chinese(15_003) }, 'invalidParameter.msgParam.tooLong'],
    ['a text without content', { msgParam: '{}' }, 'miss.param.contentOfText'],
    ['a markdown without title', { msgKey: 'sampleMarkdown', msgParam: '{"text":"x"}' }, 'miss.param.markdownTotitle'],
    ['a card without text', card2({ title: 't' }), 'miss.param.actionCardTotext'],
    ['a card without buttons', card2({ title: 't', text: 'x' }), 'miss.param.actionCardTobtnsTotitle'],
    [
      'a button without URL',
      card2({ title: 't', text: 'x', actionTitle1: 'a' }),
      'miss.param.actionCardTobtnsToactionUrl',
    ],
    [
      'a single button without title',
      { msgKey: 'sampleActionCard', msgParam: '{"title":"t","text":"x"}' },
      'miss.param.actionCardTosingleTitle',
    ],
    ['a file without media', file({ fileName: 'a.pdf', fileType: 'pdf' }), 'miss.param.file'],
    ['a .txt file', file({ mediaId: '@x', fileName: 'a.txt', fileType: 'txt' }), 'invalidParameter.msg.unsupport'],
    ['unknown media', file({ mediaId: '@x', fileName: 'a.pdf', fileType: 'pdf' }), 'invalidParameter.param.invalid'],
    ['a picture without URL', { msgKey: 'sampleImageMsg', msgParam: '{}' }, 'miss.param.photoTophotoUrl'],
    ['no group', { openConversationId: '' }, 'miss.openConversationId'],
    ['a group without the robot', { openConversationId: 'cidx==' }, 'invalid.openConversationId'],
  ])('rejects a message with %s', async (_, change, code) => {
    const { status, body } = await call(GROUP, typeof change === 'string' ? change : message(change));
    expect([status, body]).toMatchObject([400, { code, message: expect.any(String), requestid: expect.any(String) }]);
    expect(bot.group.posts).toEqual([]);
    expect(bot.workspace.rejections).toEqual([{ path: '/v1.0/robot/groupMessages/send', status, body }]);
  });

  it('accepts 15,000 bytes, and each API twenty times a second', async () => {
    const responses = await Promise.all(Array.from({ length: 21 }, () => call(GROUP, message())));
    const rejected = responses.filter(({ status }) => status !== 200);
    expect(rejected).toMatchObject([{ status: 403, body: { code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi' } }]);
    bot.clock.now += 1_000;
    const long = message({ msgParam: chinese(15_000) });
    expect(await call(GROUP, long)).toMatchObject({ status: 200, body: { processQueryKey: expect.any(String) } });
  });

  it('sends to known users, and lists the others in a successful response', async () => {
    const [first, second, , guest] = bot.workspace.users.map(({ id }) => id);
    const { status, body } = await call(USERS, { ...TEXT, robotCode, userIds: [first, second, guest, 'absent'] });
    expect([status, body.invalidStaffIdList]).toEqual([200, [guest, 'absent']]);
    expect(bot.workspace.conversations.map(({ posts }) => posts.length)).toEqual([0, 1, 1, 0, 0]);
    expect(bot.direct.posts).toMatchObject([{ by: 'bot', view: { lines: ['你好'] } }]);
    for (const [userIds, code] of [
      [[], 'empty'],
      [Array(21).fill('x'), 'overMax'],
    ] as const) {
      const rejected = await call(USERS, { ...TEXT, robotCode, userIds });
      expect(rejected.body.code).toBe(`invalidParameter.userIds.${code}`);
    }
  });

  it('finds a user by mobile number, in HTTP 200 with an errcode', async () => {
    const find = async (mobile: unknown, query = `?access_token=${token}`) =>
      (await bot.call(`${OAPI}/topapi/v2/user/getbymobile${query}`, { mobile })).body;
    expect(await find('13800000001')).toMatchObject({ errcode: 0, result: { userid: bot.user } });
    expect(await find('13900000009')).toMatchObject({ errcode: 60121 });
    expect(await find(undefined)).toMatchObject({ errcode: 400002 });
    expect(await find('1', '')).toMatchObject({ errcode: 88, sub_code: '40000' });
    expect(await find('1', '?access_token=x')).toMatchObject({ errcode: 88, sub_code: '40014' });
    expect((await call(`${API}/v1.0/robot/x`, {})).body.code).toBe('InvalidAction.NotFound');
    expect((await call(`${OAPI}/topapi/x`, {})).body.errcode).toBe(22);
    expect((await bot.call(`${OAPI}/robot/send?access_token=x`, {})).body.errcode).toBe(300005);
  });

  const upload = async (type: string, name: string, bytes: Uint8Array, field = 'media') => {
    const form = new FormData();
    form.append('type', type);
    form.append(field, new Blob([Buffer.from(bytes)]), name);
    const url = `${OAPI}/media/upload?access_token=${token}`;
    return Object(await (await bot.fetch(url, { method: 'POST', body: form })).json());
  };

  it.each([
    ['image', 'a.jpg', 20 * MB, 0],
    ['image', 'a.jpg', 20 * MB + 1, 40006],
    ['image', 'a.webp', 1, 40005],
    ['file', 'a.PDF', 20 * MB, 0],
    ['file', '日志.txt', 1, 40005],
    ['file', 'a.pdf', 0, 41005],
    ['voice', 'a.amr', 2 * MB + 1, 40006],
    ['constructor', 'a.pdf', 1, 40004],
  ])('answers an upload of type %s, %s, %i bytes with %i', async (type, name, size, errcode) => {
    expect(await upload(type, name, new Uint8Array(size))).toMatchObject({ errcode });
  });

  it('sends an upload any number of times', async () => {
    const bytes = Buffer.from('\r\n--half a boundary\r\n\0钟');
    const { media_id: mediaId } = await upload('file', '报 告.pdf', bytes);
    for (const at of [0, 1]) {
      await call(GROUP, message(file({ mediaId, fileName: '新名字.pdf', fileType: 'pdf' })));
      expect(bot.group.posts[at]?.view.lines).toEqual(['[file] 新名字.pdf']);
      expect(bot.group.posts[at]?.files).toEqual([{ name: '新名字.pdf', bytes }]);
    }
    expect(await upload('file', 'a.pdf', bytes, 'file')).toMatchObject({ errcode: 41005 });
    expect((await bot.call(`${OAPI}/media/upload?access_token=${token}`, {})).body.errcode).toBe(43008);
  });

  it('sells a signed URL for a shared file, while code and URL are valid', async () => {
    await bot.workspace.share(bot.user, bot.direct.id, { name: 'a.pdf', kind: 'file', bytes: Buffer.from('bytes') });
    const downloadCode = bot.messages.at(-1)?.files?.[0]?.key;
    const buy = async (change = {}) => (await call(DOWNLOAD, { robotCode, downloadCode, ...change })).body;
    const rejections = [{ robotCode: '' }, { downloadCode: '' }, { robotCode: 'x' }, { downloadCode: 'x' }].map(buy);
    expect((await Promise.all(rejections)).map(({ code }) => code.replace('invalidParameter.robotCode.', ''))).toEqual([
      'empty',
      'empty',
      'auth',
      'downloadCode',
    ]);
    const { downloadUrl: url } = await buy();
    expect(url).toMatch(/^http:\/\/wukong-[\w-]+\.oss-cn-zhangjiakou\.aliyuncs\.com\/\S+\.file\?Expires=\d{10}&/);
    expect(await (await bot.fetch(url)).text()).toBe('bytes');
    const refusals = [
      bot.fetch(url.replace('Signature=', 'Signature=x')),
      bot.fetch(url.replace(/Expires=\d+/, 'Expires=9999999999')),
      bot.fetch(url, { headers: { 'content-type': 'application/json' } }),
      bot.fetch(url, { method: 'POST' }),
    ];
    for (const response of await Promise.all(refusals))
      expect(await response.text()).toContain('<Code>SignatureDoesNotMatch');
    bot.clock.now += 3_600_000;
    expect(await (await bot.fetch(url)).text()).toContain('<Code>AccessDenied');
    bot.clock.now += 3_600_000;
    token = await issueToken();
    expect((await buy()).code).toBe('invalidParameter.robotCode.downloadCode');
  });

  it('accepts replies in a session for ninety minutes, and rejects invalid ones', async () => {
    await bot.workspace.say(bot.user, bot.group.id, 'hi', { mention: true });
    const url = bot.messages[0]?.conversation.replyUrl?.url ?? '';
    const text = { msgtype: 'text', text: { content: '你好' } };
    const reply = async (body: unknown, to = url) => (await bot.call(to, body)).body.errcode;
    expect(await reply('{"msgtype":')).toBe(40035);
    expect(await reply({ msgtype: 'sampleText' })).toBe(400105);
    expect(await reply({ msgtype: 'text', text: { content: '告'.repeat(6_700) } })).toBe(460101);
    expect(await reply(text, `${OAPI}/robot/sendBySession?session=x`)).toBe(300001);
    for (const [kind, errcode] of [
      ['error', -1],
      ['throttle', 130101],
    ] as const) {
      bot.workspace.injectFault('/robot/sendBySession', kind, 1);
      expect(await reply(text)).toBe(errcode);
    }
    bot.clock.now += 5_399_999;
    expect(await reply(text)).toBe(0);
    expect(bot.group.posts.at(-1)).toMatchObject({ by: 'bot', view: { lines: ['你好'] }, payload: text });
    bot.clock.now += 1;
    expect(await reply(text)).toBe(300001);
  });

  it.each([
    ['groupMessages/send', 'error', { retryable: true, code: 'system.error' }],
    ['groupMessages/send', 'throttle', { retryable: true, throttled: true }],
    ['groupMessages/send', 'lost', { retryable: true, outcomeUnknown: 'unanswered' }],
    ['groupMessages/send', 'hang', { retryable: true, code: 'ETIMEDOUT' }],
  ] as const)('fails as it is set to (%s: %s)', async (path, kind, error) => {
    bot.workspace.injectFault(path, kind, 1);
    const sent = bot.app.send({ title: 't', severity: 'info' }, { id: bot.group.id, kind: 'group' });
    await expect(sent).rejects.toMatchObject(error);
    expect(bot.group.posts).toHaveLength(kind === 'lost' ? 1 : 0);
  });
});

const CARD: Card = {
  title: '工单 42',
  severity: 'warning',
  text: '已经**打开**。',
  links: [{ label: '控制台', url: 'https://console.example/42' }],
  buttons: [{ label: 'Raise (urgent)', command: 'severity 42 urgent & "more" + 100%' }],
  form: {
    command: '开工单',
    submit: '提交工单',
    fields: [
      { name: 'subject', label: '标题', hint: '一句话', required: true },
      { name: 'severity', label: '级别', options: ['low', 'high'].map((value) => ({ label: value, value })) },
      { name: 'language', label: '语言', value: 'zh' },
    ],
  },
};

describe('a DingTalk workspace', () => {
  it('signs callbacks, and accepts only a URL as message address', async () => {
    const { headers, body } = bot.workspace.createCallback(bot.user, bot.group.id, '开工单');
    const { timestamp = '', sign = '' } = headers;
    expect(sign).toBe(signatureOf(timestamp, bot.workspace.secrets.appSecret ?? ''));
    const request = { method: 'POST', headers, body: Buffer.from(body) };
    expect(bot.app.receive(request)).toMatchObject({ kind: 'message', message: { text: '开工单' } });
    const changes: Record<string, string>[] = [
      { timestamp: `${Number(timestamp) + 1}` },
      { sign: `A${sign.slice(1)}` },
    ];
    for (const change of changes)
      expect(() => bot.app.receive({ ...request, headers: { ...headers, ...change } })).toThrow(/appSecret/);
    for (const url of ['', 'here', 'ftp://a.example/'])
      await expect(bot.workspace.subscribe(url)).rejects.toThrow(/not a url/);
  });

  it('lets users act only in their conversations, with existing controls', async () => {
    const { workspace, user, group } = bot;
    const other = workspace.conversations.at(-1)?.id ?? '';
    await expect(workspace.say('absent', group.id, 'x')).rejects.toThrow('There is no user absent.');
    await expect(workspace.say(user, other, 'x')).rejects.toThrow(/is not a member of/);
    await expect(workspace.press(user, group.id, '关闭')).rejects.toThrow('There is no button 关闭');
    await expect(workspace.submit(user, group.id, {})).rejects.toThrow('There is no form');
  });

  it('carries messages, presses, forms and files between users and the bot', async () => {
    const { workspace, app, group, direct, user } = bot;
    await workspace.say(user, group.id, '吃了吗');
    expect([bot.requests, workspace.deliveries]).toEqual([[], []]);
    const sent = await workspace.say(user, group.id, '@李雷 帮助', { mention: true });
    expect(sent).toMatchObject({ status: 200, body: '{"msgtype":"empty"}' });
    const [asked] = bot.messages;
    expect(asked).toMatchObject({ text: '@李雷 帮助', sender: { id: user, name: '王芳' }, mentions: [{}] });
    const inSession = asked?.conversation ?? { id: '', kind: 'group' };
    for (const to of [inSession, { id: group.id, kind: 'group' as const }]) {
      await app.send(CARD, to);
      const shown = group.posts.at(-1);
      expect(shown).toMatchObject({ by: 'bot', view: { title: '工单 42', mark: '🟠' } });
      expect(shown?.view.lines).toEqual(expect.arrayContaining(['控制台 <https://console.example/42>']));
      expect(shown?.controls).toMatchObject([
        { kind: 'button', label: 'Raise (urgent)' },
        { kind: 'form', submit: '提交工单', fields: [{ name: 'subject' }, { options: [{}, {}] }, { value: 'zh' }] },
      ]);
      await workspace.press(user, group.id, 'Raise (urgent)');
      await workspace.submit(user, group.id, { subject: 'EC2: 实例已停止', severity: 'high' });
      expect(bot.messages.slice(-2).map(({ text }) => text)).toEqual([
        'severity 42 urgent & "more" + 100%',
        '开工单\nsubject: EC2: 实例已停止\nseverity: high\nlanguage: zh',
      ]);
    }
    await expect(workspace.submit(user, group.id, { colour: 'red' })).rejects.toThrow('no field colour');
    const bytes = new Uint8Array(1);
    await workspace.share(user, direct.id, { name: '日志.pdf', kind: 'file', bytes });
    await workspace.share(user, group.id, { name: 'b.png', kind: 'image', bytes });
    await workspace.share(user, group.id, { name: 'c.pdf', kind: 'file', bytes });
    const key = expect.any(String);
    expect(bot.messages.slice(-2).map(({ files }) => files)).toEqual([
      [{ key, kind: 'file', name: '日志.pdf' }],
      [{ key, kind: 'image' }],
    ]);
    expect(direct.posts[0]?.files).toEqual([{ name: '日志.pdf', bytes }]);
    expect(workspace.rejections).toEqual([]);
  });

  it('marks a guest as a user of another organization', async () => {
    const guest = bot.workspace.users.find(({ external }) => external)?.id ?? '';
    await bot.workspace.say(guest, bot.group.id, '关闭 42', { mention: true });
    expect([bot.messages, bot.ignored.length]).toEqual([[], 1]);
  });
});
