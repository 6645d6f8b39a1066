import { openTestOffice, type TestOffice } from '../test-office.fixture';

let at: TestOffice;
afterEach(() => at.close());
const checked = async () => (await at.say('检查配置', { sender: { id: 'boss' } }))?.facts ?? [];
const onModel = async () => (await checked()).find(({ label }) => label.endsWith('模型'));

it('says in `check` that the model answers', async () => {
  at = await openTestOffice({ model: true });
  expect(await onModel()).toEqual({ label: '🟢 模型', value: '正常' });
});

it.each([
  ['denied', '开通该模型'],
  ['end-of-life', '检查 LlmModelId'],
  ['throttle', '提高配额'],
  ['broken', '其他功能不受影响'],
] as const)('says what to do when it fails: %s', async (manner, advice) => {
  at = await openTestOffice({ model: true });
  at.aws.bedrock.behave(manner);
  expect(await onModel()).toEqual({ label: '🔴 模型', value: expect.stringContaining(advice) });
});

it('says nothing of it where none is switched on', async () => {
  at = await openTestOffice();
  expect(await checked()).not.toHaveLength(0);
  expect(await onModel()).toBeUndefined();
});
