import { type ChatApp, DeliveryError, type FileContent, type SharedFile } from '@casebell/im/bots';
import { handleMessage } from './conversation/handle-message';
import { type Killer, mortal } from './crash.fixture';
import { LEASE_MS } from './domain/case-store';
import { openTestOffice, type TestOffice } from './test-office.fixture';

const MESSAGE = { platform: 'feishu', sender: { id: 'u1' }, text: '', isForBot: true };
const MB = 2 ** 20;
const sizes: Record<string, number> = {
  small: 3,
  full: 5 * MB,
  over: 5 * MB + 1,
  big: 12 * MB + 1,
  huge: 150 * MB + 1,
  empty: 0,
};

async function* bytesOf(size: number): AsyncIterable<Uint8Array> {
  for (let left = size; left > 0; left -= 1_000_000) yield new Uint8Array(Math.min(left, 1_000_000)).fill(1);
}

const app: Partial<ChatApp> = {
  async fetchFile({ key, name = '' }): Promise<FileContent> {
    if (key === 'gone') throw new DeliveryError('x', { reason: 'the code has expired', retryable: false });
    const size = sizes[key.replace('unsaid-', '')] ?? 0;
    return { name, bytes: bytesOf(size), ...(!key.startsWith('unsaid-') && { size }) };
  },
};

let at: TestOffice;
let home = { conversation: { id: 'oc_home', kind: 'group' as const } };
beforeEach(async () => {
  at = await openTestOffice({
    app: {
      ...app,
      createThread: async (_place, _from, idempotencyKey) => ({ id: `oc_${idempotencyKey}`, kind: 'group' }),
    },
  });
  const review = await at.say(
    '提工单\nsubject:s\nbody:b\nseverityCode:low\nserviceCode:aws-lambda\ncategoryCode:general-guidance',
  );
  const press = review?.buttons?.[0]?.command ?? '';
  await at.say(press);
  home = { conversation: { id: `oc_${/CB-\w+/.exec(press)?.[0]}`, kind: 'group' } };
});
afterEach(() => at.close());

const file = (key: string, name = `${key}.log`): SharedFile => ({ key, name, kind: 'file' });
const letters = () => at.aws.support.engineer.cases()[0]?.communications ?? [];
const attached = () => letters().flatMap(({ fileNames }) => fileNames);

it('brings files to the case, with the words beside them and who sent them', async () => {
  const answer = await at.say('见日志', { ...home, files: [file('small', '日志.log'), file('full')] });
  expect(answer?.title).toContain('已回复到工单');
  expect(answer?.quote).toBe('📎 日志.log\n📎 full.log');
  expect(attached().sort()).toEqual(['full.log', '日志.log']);
  expect(
    letters()
      .map(({ body }) => body)
      .join(),
  ).toMatch(/见日志\n\n📎 日志\.log\n📎 full\.log\n\n-- 李雷/);
});
it('brings large ones in parts, and takes more than three as a further message', async () => {
  await at.say('', { ...home, files: [file('big')] });
  expect(attached()).toEqual(['big.log']);
  const answer = await at.say('', { ...home, files: ['a', 'b', 'c', 'd'].map((name) => file('small', `${name}.txt`)) });
  expect(answer?.text).toContain('其余 1 个');
  expect(attached()).toHaveLength(4);
});
it.each([
  ['huge', '太大'],
  ['empty', '空文件'],
  ['gone', '重新发送'],
  ['unsaid-big', '太大'],
])('says what is wrong with a file that is %s, and sends nothing', async (key, words) => {
  const had = letters().length;
  expect((await at.say('', { ...home, files: [file(key)] }))?.text).toContain(words);
  expect(letters()).toHaveLength(had);
});
it('attaches each file once, wherever the worker is killed while it brings them', async () => {
  const names = ['a.txt', 'b.txt', 'c.txt'];
  const said = { ...home, files: [file('small', 'a.txt'), file('over', 'b.txt'), file('small', 'c.txt')] };
  const { office } = at;
  const calm: Killer = { at: -1, when: 'after', calls: [], dead: false };
  const sayTo = (id: string, killer: Killer) => {
    const accounts = {
      ...office.accounts,
      desk: (of: string) => mortal(office.accounts.supportClient(of), 'aws', killer),
    };
    const mine = { ...office, accounts, store: mortal(office.store, 'store', killer) };
    return handleMessage({ ...MESSAGE, ...said, id, sentAt: at.clock.now }, mine);
  };
  await sayTo('calm', calm);
  for (const [index, name] of calm.calls.entries())
    for (const when of ['before', 'after'] as const) {
      const [id, had] = [`${index}-${when}`, attached().length];
      await sayTo(id, { at: index, when, calls: [], dead: false }).catch(() => undefined);
      at.clock.now += LEASE_MS;
      await sayTo(id, { ...calm, calls: [] });
      expect([name, when, attached().slice(had).sort()]).toEqual([name, when, names]);
    }
}, 60_000);
it('takes a small file whose size nobody says', async () => {
  await at.say('', { ...home, files: [file('unsaid-small')] });
  expect(attached()).toEqual(['unsaid-small.log']);
});
it('waits until AWS has looked through a large one, and sends it once then', async () => {
  at.clock.now += 60_000;
  at.aws.support.lag(20_000);
  await expect(at.say('', { ...home, id: 'late', files: [file('big')] })).rejects.toThrow('looking through');
  at.clock.now += 90_000;
  await at.say('', { ...home, id: 'late', files: [file('big')] });
  at.clock.now += 90_000;
  expect(attached()).toEqual(['big.log']);
});
it.each(['回复', 'reply', '附件'])(
  'takes the files that come with %s, also when the case is named in the same breath',
  async (word) => {
    const { displayId } = at.aws.support.engineer.cases()[0] ?? {};
    const answer = await at.say(`${word} ${displayId} 见图`, { files: [file('small', '图.png')] });
    expect(answer?.title).toContain(`已回复到工单 ${displayId}`);
    expect(attached()).toEqual(['图.png']);
    expect(letters().some(({ body }) => body.startsWith('见图\n'))).toBe(true);
  },
);
it('asks to which case a file belongs where it cannot know, and remembers it', async () => {
  const { displayId } = at.aws.support.engineer.cases()[0] ?? {};
  expect((await at.say('', { files: [file('small')] }))?.text).toContain('附件 工单号');
  expect((await at.say(`附件 ${displayId}`, { sender: { id: 'u2' } }))?.text).toContain('没有您待添加的文件');
  expect((await at.say(`附件 ${displayId} 请看`))?.title).toContain(`已回复到工单 ${displayId}`);
  expect(attached()).toEqual(['small.log']);
  expect((await at.say(`附件 ${displayId}`))?.text).toContain('没有您待添加的文件');
});
