import { DeliveryError, type FileContent, type SharedFile } from '@casebell/im/bots';
import { createTestContext, fileCase, type TestContext, textForm } from '../test-context.fixture';

const MB = 2 ** 20;
const SIZES: Readonly<Record<string, number>> = {
  small: 3,
  full: 5 * MB,
  big: 12 * MB + 1,
  huge: 150 * MB + 1,
  empty: 0,
};

async function* bytesOf(size: number): AsyncIterable<Uint8Array> {
  for (let left = size; left > 0; left -= MB) yield new Uint8Array(Math.min(left, MB));
}

/** What the platform gives out for a key: its size is part of the key, `unsized-` where the platform does not state it. */
async function fetchFile({ key, name = '' }: SharedFile): Promise<FileContent> {
  if (key === 'gone') throw new DeliveryError('x', { reason: 'the code has expired', retryable: false });
  const size = SIZES[key.replace('unsized-', '')] ?? 3;
  return { name, bytes: bytesOf(size), ...(!key.startsWith('unsized-') && { size }) };
}

const file = (key: string, name = `${key}.log`): SharedFile => ({ key, name, kind: 'file' });

let t: TestContext;
beforeEach(() => {
  t = createTestContext({ hasGroups: true, app: { fetchFile } });
});
const communications = () => t.support.engineer.cases()[0]?.communications ?? [];
const attached = () => communications().map(({ fileNames }) => fileNames);

describe('files that are shared in the conversation of a case', () => {
  let id = '';
  let home = { conversation: { id: '', kind: 'group' as const } };
  beforeEach(async () => {
    const filed = await fileCase(t);
    id = filed.id;
    home = { conversation: { id: filed.group, kind: 'group' } };
  });

  it('are attached to the case, with the text next to them and the name of their sender', async () => {
    const answer = await t.say('见日志', { ...home, files: [file('small', '日志.log'), file('full')] });
    expect(answer?.title).toContain('已回复到工单');
    expect(answer?.quote).toBe('📎 日志.log\n📎 full.log');
    expect(attached().at(-1)).toEqual(['日志.log', 'full.log']);
    expect(communications().at(-1)?.body).toMatch(/^见日志\n\n📎 日志\.log\n📎 full\.log\n\n-- 李雷/);
  });
  it('are attached up to three; the answer says how many are left to share again', async () => {
    const files = ['a', 'b', 'c', 'd'].map((name) => file('small', name));
    expect((await t.say('', { ...home, files }))?.text).toContain('其余 1 个');
    expect(attached().slice(1)).toEqual([['a', 'b', 'c']]);
  });
  it.each([
    ['huge', '太大'],
    ['empty', '空文件'],
    ['gone', '重新发送'],
    ['unsized-big', '太大'],
  ])('are refused with a reason, and nothing is sent, where one is "%s"', async (key, reason) => {
    expect((await t.say('', { ...home, files: [file(key)] }))?.text).toContain(reason);
    expect(communications()).toHaveLength(1);
  });
  it('are taken without a stated size where they are small', async () => {
    await t.say('', { ...home, files: [file('unsized-small')] });
    expect(attached().at(-1)).toEqual(['unsized-small.log']);
  });
  it('are attached once AWS has checked a large one', async () => {
    const late = { ...home, id: 'late', files: [file('big')] };
    t.support.controls.lagMs = 20_000;
    await expect(t.say('', late)).rejects.toMatchObject({
      userMessage: { 'zh-CN': expect.stringContaining('AWS 正在检查') },
    });
    t.clock.now += 90_000;
    await t.say('', late);
    expect(attached().slice(1)).toEqual([['big.log']]);
  });
  it.each(['回复', 'reply', '附件'])(
    'are attached by "%s" with a case number in another conversation',
    async (word) => {
      const answer = await t.say(`${word} ${id} 见图`, { files: [file('small', '图.png')] });
      expect(answer?.title).toContain(`已回复到工单 ${id}`);
      expect([attached().at(-1), communications().at(-1)?.body]).toEqual([
        ['图.png'],
        expect.stringMatching(/^见图\n/),
      ]);
    },
  );
  it('wait for a case number where their case is unknown, for the person who shared them', async () => {
    expect((await t.say('', { files: [file('small')] }))?.text).toContain('附件 工单号');
    expect((await t.say(`附件 ${id}`, { sender: { id: 'u2' } }))?.text).toContain('没有您待添加的文件');
    expect((await t.say(`附件 ${id} 请看`))?.title).toContain(`已回复到工单 ${id}`);
    expect(attached().slice(1)).toEqual([['small.log']]);
    expect((await t.say(`附件 ${id}`))?.text).toContain('没有您待添加的文件');
  });
});

describe('files that are shared with a draft', () => {
  it('are shown in the review and attached once when the case is submitted', async () => {
    const review = await t.say(textForm(), { files: [file('small', '图.png')] });
    expect(review?.facts).toContainEqual({ label: '附件', value: '图.png' });
    const submitted = await t.press(review);
    expect(submitted).toMatchObject({ title: expect.stringContaining('已创建'), quote: '📎 图.png' });
    await t.press(review);
    expect(attached()).toEqual([[], ['图.png']]);
  });
  it('are kept with each message of the draft, in order', async () => {
    await t.say('开工单 变慢', { files: [file('small', '一.png')] });
    await t.say('内容 见图', { files: [file('small', '二.png'), file('small', '三.png')] });
    const review = await t.say('填写 serviceCode:aws-lambda\ncategoryCode:general-guidance\nseverityCode:low');
    const shown = review?.facts?.filter(({ label }) => label === '附件').map(({ value }) => value);
    expect(shown).toEqual(['一.png', '二.png', '三.png']);
    await t.press(review);
    expect(attached()).toEqual([[], ['一.png'], ['二.png', '三.png']]);
  });
  it('keep no case from being submitted where the chat no longer gives them out', async () => {
    const submitted = await t.press(await t.say(textForm(), { files: [file('gone')] }));
    expect([submitted?.title, submitted?.text]).toEqual([
      expect.stringContaining('已创建'),
      expect.stringMatching(/附件未能添加.*重新发送/),
    ]);
    expect(attached()).toEqual([[]]);
  });
  it('are dropped with the draft', async () => {
    await t.press(await t.say(textForm(), { files: [file('small')] }), 2);
    await t.press(await t.say(textForm()));
    expect(attached()).toEqual([[]]);
  });
});
