import { atDesk, card, type Desk, message, SEND } from './desk.fixture';
import { openMessages } from './messages-api';
import { openOffice } from './office';

const MEGABYTE = 1024 * 1024;
const GIF = Buffer.alloc(64);
GIF.write('GIF89a');
GIF.writeUInt16LE(2_000, GIF.writeUInt16LE(2_000, 6));

let desk: Desk;
beforeEach(async () => {
  desk = await atDesk();
});

const uploadFile = (fields: Record<string, string>, bytes?: Uint8Array, name = 'a.txt') =>
  desk.upload('im/v1/files', fields, bytes && { field: 'file', name, bytes });
const uploadPicture = (bytes: Uint8Array, image_type = 'message') =>
  desk.upload('im/v1/images', { image_type }, { field: 'image', name: 'a', bytes });
const say = (msg_type: string, content: object) => desk.call('POST', SEND, message(desk.group, content, { msg_type }));
const posts = () => desk.workspace.conversations[0]?.posts ?? [];
const stream = { file_type: 'stream', file_name: '日志.txt' };

it('keeps what was uploaded until it is said, and then shows it', async () => {
  const bytes = Buffer.from('a\r\n--b\r\n\r\nc\0');
  const { file_key } = (await uploadFile(stream, bytes)).body.data;
  expect(posts()).toEqual([]);
  expect((await say('file', { file_key })).body.code).toBe(0);
  expect(posts()).toMatchObject([{ by: 'bot', view: { lines: ['[日志.txt]'] }, files: [{ name: '日志.txt' }] }]);
  expect(Buffer.from(posts()[0]?.files?.[0]?.bytes ?? [])).toEqual(bytes);
});

it.each([
  ['without a kind', { file_name: 'a' }, Buffer.from('a'), 234001],
  ['of no kind that there is', { file_type: 'txt', file_name: 'a' }, Buffer.from('a'), 234001],
  ['without a name', { file_type: 'stream' }, Buffer.from('a'), 234001],
  ['that is not there', stream, undefined, 234001],
  ['that is empty', stream, Buffer.alloc(0), 234010],
  ['over 30 MB', stream, Buffer.alloc(30 * MEGABYTE + 1), 234006],
])('takes no file %s', async (_, fields, bytes, code) => {
  expect(await uploadFile(fields, bytes)).toMatchObject({ status: 400, body: { code } });
});

it.each([
  ['that is empty', Buffer.alloc(0), 234010],
  ['over 10 MB', Buffer.alloc(10 * MEGABYTE + 1), 234006],
  ['of no kind that it knows', Buffer.alloc(64, 'words'), 234011],
  ['with too many pixels', Buffer.from(GIF).fill(0xff, 6, 10), 234039],
])('takes no picture %s', async (_, bytes, code) => {
  expect(await uploadPicture(bytes)).toMatchObject({ status: 400, body: { code } });
  expect((await uploadPicture(GIF)).body.code).toBe(0);
  expect((await uploadPicture(GIF, 'avatars')).body.code).toBe(234001);
});

it('says a film as nothing but a film, and a picture as nothing but a picture', async () => {
  const film = (await uploadFile({ file_type: 'mp4', file_name: 'a.mp4' }, Buffer.from('a'))).body.data;
  expect((await say('file', film)).body.code).toBe(230055);
  const picture = (await uploadPicture(GIF)).body.data;
  expect((await say('file', { file_key: picture.image_key })).body.code).toBe(230055);
  expect((await say('file', { file_key: 'file_v3_x' })).body.code).toBe(230001);
  expect(posts()).toEqual([]);
});

it('does not let the bot say what a person has shared', () => {
  const office = openOffice({ now: () => desk.clock.now, onChange: () => undefined });
  const shared = { kind: 'file', name: 'a', bytes: Buffer.from('a') } as const;
  const say = (isOurs: boolean) => {
    const { key } = office.vault.keep({ ...shared, isOurs });
    const payload = message(office.talks[0]?.id ?? '', { file_key: key }, { msg_type: 'file' });
    const url = new URL(`https://open.feishu.cn/open-apis/${SEND}`);
    const call = { method: 'POST', url, headers: {}, body: Buffer.alloc(0), at: desk.clock.now, payload };
    return openMessages(office)(call).body;
  };
  expect(say(false)).toMatchObject({ code: 230017 });
  expect(say(true)).toMatchObject({ code: 0 });
});

it('gives what the bot has said, too, but nothing out of a card', async () => {
  const { file_key } = (await uploadFile(stream, Buffer.from('a'))).body.data;
  const said = (await say('file', { file_key })).body.data.message_id;
  const shown = (await desk.call('POST', SEND, message(desk.group, card({ tag: 'hr' })))).body.data.message_id;
  const get = (id: string, type = 'file') =>
    desk.call('GET', `im/v1/messages/${id}/resources/${file_key}?type=${type}`);
  expect(await get(said)).toMatchObject({
    status: 200,
    headers: { 'content-type': 'text/plain', 'content-length': '1' },
  });
  expect((await get(shown)).body.code).toBe(234043);
  expect((await get('om_x')).body.code).toBe(234001);
  expect((await get(said, 'audio')).body.code).toBe(234001);
  expect((await get(said, 'image')).body.code).toBe(234003);
});

it('shows a card anew only where both are for everyone', async () => {
  const shared = { config: { update_multi: true }, ...card({ tag: 'hr' }) };
  const send = async (content: object) =>
    (await desk.call('POST', SEND, message(desk.group, content))).body.data.message_id;
  const patch = (id: string, content: object | string) =>
    desk.call('PATCH', `im/v1/messages/${id}`, {
      content: typeof content === 'string' ? content : JSON.stringify(content),
    });
  const [ours, alone] = [await send(shared), await send(card({ tag: 'hr' }))];
  expect((await patch(ours, shared)).body.code).toBe(0);
  expect((await patch(ours, card({ tag: 'hr' }))).body.code).toBe(230001);
  expect((await patch(alone, shared)).body.code).toBe(230001);
  expect((await patch(ours, '{')).body.code).toBe(230001);
  expect((await patch(ours, { ...shared, ...card({ tag: 'note' }) })).body.code).toBe(230099);
  const long = card({ tag: 'markdown', content: '告'.repeat(10_200) });
  expect((await patch(ours, { ...shared, ...long })).body.code).toBe(230025);
});
