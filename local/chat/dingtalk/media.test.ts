import { type Office, openOffice } from './office.fixture';

const API = 'https://api.dingtalk.com';
const MB = 1024 * 1024;

let office: Office;
let token: string;
let robotCode: string;
beforeEach(async () => {
  office = await openOffice();
  const { appKey = '', appSecret } = office.workspace.secrets;
  robotCode = appKey;
  const { body } = await office.call(`${API}/v1.0/oauth2/accessToken`, { appKey, appSecret });
  token = String(Object(body).accessToken);
});
afterEach(() => office.close());

/** Uploads it as a browser would. */
async function upload(type: string, name: string, bytes: Uint8Array, query = `access_token=${token}`, field = 'media') {
  const form = new FormData();
  form.append('type', type);
  form.append(field, new Blob([Buffer.from(bytes)]), name);
  const answer = await office.fetch(`https://oapi.dingtalk.com/media/upload?${query}`, { method: 'POST', body: form });
  return { status: answer.status, body: Object(await answer.json()) };
}

const send = (msgKey: string, param: object) => {
  const body = { robotCode, openConversationId: office.group.id, msgKey, msgParam: JSON.stringify(param) };
  return office.call(`${API}/v1.0/robot/groupMessages/send`, body, { 'x-acs-dingtalk-access-token': token });
};

it('keeps an upload, which can be sent any number of times', async () => {
  const bytes = Buffer.from('\r\n--half a boundary\r\n\0钟');
  const { status, body } = await upload('file', '报 告.pdf', bytes);
  expect([status, body]).toMatchObject([200, { errcode: 0, type: 'file', media_id: expect.stringMatching(/^@lA/) }]);
  const message = { mediaId: body.media_id, fileName: '另一个名字.pdf', fileType: 'pdf' };
  for (const at of [0, 1]) {
    expect(await send('sampleFile', message)).toMatchObject({ status: 200 });
    expect(office.group.posts[at]).toMatchObject({ view: { lines: ['[file] 另一个名字.pdf'] } });
    expect(office.group.posts[at]?.files).toEqual([{ name: '另一个名字.pdf', bytes }]);
  }
});

it.each([
  ['image', 'a.jpg', 20 * MB, 0],
  ['image', 'a.jpg', 20 * MB + 1, 40006],
  ['image', 'a.webp', 1, 40005],
  ['file', 'a.PDF', 20 * MB, 0],
  ['file', 'a.pdf', 20 * MB + 1, 40006],
  ['file', '日志.txt', 1, 40005],
  ['file', 'a.pdf', 0, 41005],
  ['voice', 'a.amr', 2 * MB + 1, 40006],
  ['constructor', 'a.pdf', 1, 40004],
  ['', 'a.pdf', 1, 40004],
])('answers to type %j of %s with %i bytes: %i', async (type, name, size, errcode) => {
  expect(await upload(type, name, new Uint8Array(size))).toMatchObject({ status: 200, body: { errcode } });
});

it('wants a form with the file in `media`, and a token in the url', async () => {
  const bytes = Buffer.from('x');
  expect(await upload('file', 'a.pdf', bytes, '')).toMatchObject({ body: { errcode: 88, sub_code: '40000' } });
  expect(await upload('file', 'a.pdf', bytes, 'access_token=x')).toMatchObject({ body: { sub_code: '40014' } });
  expect(await upload('file', 'a.pdf', bytes, undefined, 'file')).toMatchObject({ body: { errcode: 41005 } });
  const answer = await office.call(`https://oapi.dingtalk.com/media/upload?access_token=${token}`, {});
  expect(answer).toMatchObject({ status: 200, body: { errcode: 43008 } });
});

it.each([
  ['sampleFile', { fileName: 'a.pdf', fileType: 'pdf' }, 'miss.param.file'],
  ['sampleFile', { mediaId: '@x', fileName: 'a.txt', fileType: 'txt' }, 'invalidParameter.msg.unsupport'],
  ['sampleFile', { mediaId: '@x', fileName: 'a.pdf', fileType: 'pdf' }, 'invalidParameter.param.invalid'],
  ['sampleImageMsg', {}, 'miss.param.photoTophotoUrl'],
  ['sampleImageMsg', { photoURL: '@x' }, 'invalidParameter.param.invalid'],
])('refuses %s of %j', async (msgKey, param, code) => {
  expect(await send(msgKey, param)).toMatchObject({ status: 400, body: { code } });
  expect(office.group.posts).toEqual([]);
});

it('shows a picture of the web by its address', async () => {
  await send('sampleImageMsg', { photoURL: 'https://example.com/a.png' });
  expect(office.group.posts).toMatchObject([{ by: 'bot', view: { lines: ['[image]'] } }]);
  expect(office.group.posts[0]?.files).toBeUndefined();
});
