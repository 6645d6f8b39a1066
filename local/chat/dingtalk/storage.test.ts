import { type Office, openOffice } from './office.fixture';

const API = 'https://api.dingtalk.com';

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

const ask = (body: unknown, withToken = token) =>
  office.call(`${API}/v1.0/robot/messageFiles/download`, body, { 'x-acs-dingtalk-access-token': withToken });

/** The code of something shared just now. */
async function share(): Promise<string> {
  const { workspace, li, direct } = office;
  await workspace.share(li, direct.id, { name: 'a.pdf', kind: 'file', bytes: Buffer.from('bytes') });
  return office.messages().at(-1)?.files?.[0]?.key ?? '';
}

async function buy(): Promise<string> {
  const { body } = await ask({ robotCode, downloadCode: await share() });
  return String(Object(body).downloadUrl);
}

it('sells an http address of a `.file`, as the document has it', async () => {
  const url = await buy();
  expect(url).toMatch(/^http:\/\/wukong-[\w-]+\.oss-cn-zhangjiakou\.aliyuncs\.com\/\S+\.file\?Expires=\d{10}&/);
  const answer = await office.fetch(url);
  expect(answer.headers.get('content-type')).toBe('application/octet-stream');
  expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '5', 'bytes']);
});

it.each([
  ['no robot', { robotCode: '' }, 'invalidParameter.robotCode.empty'],
  ['no code', { downloadCode: '' }, 'invalidParameter.robotCode.empty'],
  ['another robot', { robotCode: 'dingx' }, 'invalidParameter.robotCode.auth'],
  ['a code of nobody', { downloadCode: 'x' }, 'invalidParameter.robotCode.downloadCode'],
])('sells none for %s', async (_, change, code) => {
  const refused = await ask({ robotCode, downloadCode: await share(), ...change });
  expect(refused).toMatchObject({ status: 400, body: { code } });
});

it('sells none without a token', async () => {
  expect(await ask({}, 'x')).toMatchObject({ status: 400, body: { code: 'InvalidAuthentication' } });
});

it('gives nothing to an address that has ended, was altered, or is asked with a header that was not signed', async () => {
  const url = await buy();
  const codes = async (...answers: Promise<Response>[]) =>
    Promise.all(
      answers.map(async (each) => [(await each).status, (await (await each).text()).match(/<Code>(\w+)/)?.[1]]),
    );
  expect(
    await codes(
      office.fetch(url.replace('Signature=', 'Signature=x')),
      office.fetch(url.replace(/Expires=\d+/, 'Expires=9999999999')),
      office.fetch(url, { headers: { 'content-type': 'application/json' } }),
      office.fetch(url, { method: 'POST' }),
    ),
  ).toEqual(Array(4).fill([403, 'SignatureDoesNotMatch']));
  office.clock.now += 3_600_000;
  expect(await codes(office.fetch(url))).toEqual([[403, 'AccessDenied']]);
});
