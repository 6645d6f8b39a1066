import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { ChatMessage, FileContent } from '@casebell/im/bots';
import { type Office, openOffice } from './office.fixture';

const MB = 1024 * 1024;
const DOWNLOAD = 'messageFiles/download';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const some = (size: number) => Buffer.alloc(size, '钟声');

/** Shares it with the bot, and has the bot ask for it. */
async function shared(talk: 'group' | 'direct', file: { name: string; kind: 'image' | 'file'; bytes: Uint8Array }) {
  await office.workspace.share(office.li, office[talk].id, file);
  return fetchFrom(office.messages().at(-1));
}

async function fetchFrom(message: ChatMessage | undefined): Promise<FileContent> {
  const [file] = message?.files ?? [];
  if (!message || !file || !office.app.fetchFile) throw new Error('Nothing was shared.');
  return office.app.fetchFile(file, message);
}

describe('what people share', () => {
  it.each([0, 1, 5 * MB, 40 * MB])('comes out as it was put in, %i bytes of it', async (size) => {
    const bytes = some(size);
    const file = await shared('direct', { name: '日志 2026.pdf', kind: 'file', bytes });
    expect([file.name, file.size]).toEqual(['日志 2026.pdf', size]);
    expect(digest(await buffer(file.bytes))).toBe(digest(bytes));
    expect(office.workspace.rejections).toEqual([]);
    expect(office.direct.posts[0]?.files).toEqual([{ name: '日志 2026.pdf', bytes }]);
  });

  it('is nowhere held as a whole: 150 MB need less than 64', async () => {
    const file = await shared('direct', { name: 'dump.zip', kind: 'file', bytes: new Uint8Array(150 * MB) });
    const before = held();
    let [most, length] = [0, 0];
    for await (const chunk of file.bytes) {
      length += chunk.length;
      most = Math.max(most, held() - before);
    }
    expect(length).toBe(150 * MB);
    expect(most).toBeLessThan(64 * MB);
  });

  it('can be left alone in the middle', async () => {
    const file = await shared('direct', { name: 'a.zip', kind: 'file', bytes: some(5 * MB) });
    for await (const chunk of file.bytes) {
      expect(chunk.length).toBeLessThan(5 * MB);
      break;
    }
  });

  it.each(['group', 'direct'] as const)('has a name where it is a picture in a %s chat, too', async (talk) => {
    const file = await shared(talk, { name: '截图.png', kind: 'image', bytes: some(9) });
    expect([file.name, file.size, String(await buffer(file.bytes))]).toEqual(['image.png', 9, String(some(9))]);
  });

  it('can be fetched again while its code is good, and is to be shared once more after that', async () => {
    await shared('direct', { name: 'a.pdf', kind: 'file', bytes: some(9) });
    office.clock.now += 7_199_000;
    expect((await fetchFrom(office.messages()[0])).size).toBe(9);
    office.clock.now += 1_000;
    await expect(fetchFrom(office.messages()[0])).rejects.toMatchObject({
      code: 'invalidParameter.robotCode.downloadCode',
      message: expect.stringMatching(/share it once more/),
      retryable: false,
    });
  });

  it.each([
    [DOWNLOAD, 'error', { retryable: true }],
    [DOWNLOAD, 'throttle', { retryable: true, throttled: true }],
    [DOWNLOAD, 'lost', { retryable: true }],
    [DOWNLOAD, 'hang', { retryable: true, code: 'ETIMEDOUT' }],
    ['ddmedia', 'error', { retryable: true, code: 'HTTP 500' }],
    ['ddmedia', 'throttle', { retryable: true, throttled: true }],
    ['ddmedia', 'lost', { retryable: true }],
    ['ddmedia', 'hang', { retryable: true, code: 'ETIMEDOUT' }],
  ] as const)('can be fetched after trouble (%s: %s)', async (path, kind, facts) => {
    const { workspace, li, direct } = office;
    await workspace.share(li, direct.id, { name: 'a.pdf', kind: 'file', bytes: some(9) });
    workspace.injectFault(path, kind, 1);
    await expect(fetchFrom(office.messages()[0])).rejects.toMatchObject({ platform: 'dingtalk', ...facts });
    expect((await fetchFrom(office.messages()[0])).size).toBe(9);
  });
});

/** What buffers hold; the heap is counted, too, in case somebody keeps text. */
function held(): number {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}

describe('what the bot puts into a conversation', () => {
  const send = async (name: string, bytes: Uint8Array, talk: 'group' | 'direct' = 'group') => {
    const { app, group, direct, li } = office;
    const to = {
      group: { id: group.id, kind: 'group' },
      direct: { id: direct.id, kind: 'direct', person: li },
    } as const;
    await app.sendFile?.({ name, size: bytes.length, bytes: inPieces(bytes) }, to[talk]);
  };

  it.each(['group', 'direct'] as const)('is a file with its name in a %s chat', async (talk) => {
    const bytes = some(5 * MB);
    await send('AWS 回复 "附件".pdf', bytes, talk);
    const [post] = office[talk].posts;
    expect(post).toMatchObject({ by: 'bot', view: { lines: ['[file] AWS 回复 "附件".pdf'] } });
    expect(post?.files?.map(({ name, bytes }) => [name, digest(bytes)])).toEqual([
      ['AWS 回复 "附件".pdf', digest(bytes)],
    ]);
    expect(office.workspace.rejections).toEqual([]);
  });

  it('is a picture where it is one', async () => {
    await send('架构.JPEG', some(7));
    expect(office.group.posts).toMatchObject([{ by: 'bot', view: { lines: ['[image]'] } }]);
    expect(office.group.posts[0]?.files?.[0]?.bytes).toEqual(some(7));
  });

  it('may have 20 MB, and no byte more', async () => {
    await send('a.zip', some(20 * MB));
    await expect(send('b.zip', some(20 * MB + 1))).rejects.toMatchObject({ unfit: true });
    expect(office.group.posts).toHaveLength(1);
  });

  it.each(['日志.txt', 'trace.json', '片.mp4', '表.xls', 'noextension'])('is never %s', async (name) => {
    await expect(send(name, some(5))).rejects.toMatchObject({ unfit: true, retryable: false });
    expect([office.group.posts, office.workspace.rejections]).toEqual([[], []]);
  });

  it.each(['error', 'throttle', 'lost', 'hang'] as const)(
    'is there once after trouble with the upload: %s',
    async (kind) => {
      office.workspace.injectFault('/media/upload', kind, 1);
      await expect(send('a.pdf', some(5))).rejects.toMatchObject({ retryable: true, uncertain: undefined });
      await send('a.pdf', some(5));
      expect(office.group.posts).toHaveLength(1);
    },
  );

  it('may be there twice after a lost answer, and the first try says so: DingTalk has no key and nobody to ask', async () => {
    office.workspace.injectFault('/groupMessages/send', 'lost', 1);
    await expect(send('a.pdf', some(5))).rejects.toMatchObject({ retryable: true, uncertain: 'unanswered' });
    await send('a.pdf', some(5));
    expect(office.group.posts).toHaveLength(2);
  });
});

async function* inPieces(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}
