import { type ChatApp, type ChatMessage, DeliveryError, type SharedFile } from '@casebell/im/bots';
import { handleMessage } from './conversation/handle-message';
import { type Killer, mortal } from './crash.fixture';
import { LEASE_MS } from './domain/case-store';
import { openTestOffice, type TestOffice } from './test-office.fixture';

const app: Partial<ChatApp> = {
  async fetchFile({ key, name = '' }) {
    if (key === 'gone') throw new DeliveryError('x', { reason: 'the code has expired', retryable: false });
    return {
      name,
      size: 3,
      bytes: (async function* () {
        yield new Uint8Array(3);
      })(),
    };
  },
};

let at: TestOffice;
beforeEach(async () => {
  at = await openTestOffice({ app });
  at.aws.support.set({ casesPerHour: Number.POSITIVE_INFINITY });
});
afterEach(() => at.close());

const WHOLE = '提工单\nsubject:s\nbody:b\nseverityCode:low\nserviceCode:aws-lambda\ncategoryCode:general-guidance';
const file = (name: string, key = name): SharedFile => ({ key, name, kind: 'image' });
const cases = () => at.aws.support.engineer.cases();
const attached = () => cases()[0]?.communications.map(({ fileNames }) => fileNames) ?? [];
const pressOf = (card: { buttons?: readonly { command: string }[] } | undefined) => card?.buttons?.[0]?.command ?? '';

it('shows what was shared with the words that open a case, and attaches it when the case is filed', async () => {
  const review = await at.say(WHOLE, { files: [file('图.png')] });
  expect(review?.facts).toContainEqual({ label: '附件', value: '图.png' });
  const filed = await at.say(pressOf(review));
  expect(filed).toMatchObject({ title: expect.stringContaining('已创建'), quote: '📎 图.png' });
  expect(attached()).toEqual([[], ['图.png']]);
  await at.say(pressOf(review));
  expect(attached()).toEqual([[], ['图.png']]);
});
it('keeps what came with each message of the draft, in order', async () => {
  await at.say('开工单 变慢', { files: [file('一.png')] });
  await at.say('内容 见图', { files: [file('二.png'), file('三.png')] });
  const review = await at.say('填写 serviceCode:aws-lambda\ncategoryCode:general-guidance\nseverityCode:low');
  expect(review?.facts?.filter(({ label }) => label === '附件').map(({ value }) => value)).toEqual([
    '一.png',
    '二.png',
    '三.png',
  ]);
  await at.say(pressOf(review));
  expect(attached()).toEqual([[], ['一.png'], ['二.png', '三.png']]);
});
it('files the case, and says what is wrong with a file that the chat does not give out any more', async () => {
  const review = await at.say(WHOLE, { files: [file('图.png', 'gone')] });
  const filed = await at.say(pressOf(review));
  expect(filed?.title).toContain('已创建');
  expect(filed?.text).toMatch(/附件未能添加.*重新发送/);
  expect(attached()).toEqual([[]]);
});
it('leaves no file behind when the draft is discarded', async () => {
  const review = await at.say(WHOLE, { files: [file('图.png')] });
  await at.say(review?.buttons?.[2]?.command ?? '');
  await at.say(pressOf(await at.say(WHOLE)));
  expect(attached()).toEqual([[]]);
});
it('attaches each once, wherever the worker is killed while it files', async () => {
  const press = async (id: string, killer: Killer) => {
    const review = await at.say(WHOLE.replace('subject:s', `subject:${id}`), { files: [file('图.png')] });
    const said: ChatMessage = {
      ...{ id, platform: 'dingtalk', conversation: { id: 'cid1', kind: 'group' }, sender: { id: 'u1' } },
      ...{ text: pressOf(review), isForBot: true, sentAt: at.clock.now },
    };
    const { accounts, store } = at.office;
    const supportClient = (account: string) => mortal(accounts.supportClient(account), 'aws', killer);
    const mine = { ...at.office, accounts: { ...accounts, supportClient }, store: mortal(store, 'store', killer) };
    await handleMessage(said, mine).catch(() => undefined);
    at.clock.now += LEASE_MS;
    await handleMessage(said, at.office);
  };
  const calm: Killer = { at: -1, when: 'after', calls: [], dead: false };
  await press('calm', calm);
  expect(calm.calls.filter((name) => name === 'aws.addCommunication')).toHaveLength(1);
  for (const [index, name] of calm.calls.entries())
    for (const when of ['before', 'after'] as const) {
      const had = cases().length;
      await press(`${index} ${when}`, { at: index, when, calls: [], dead: false });
      expect([name, when, cases().length - had, attached()]).toEqual([name, when, 1, [[], ['图.png']]]);
    }
}, 60_000);
