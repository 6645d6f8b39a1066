import { handleCaseEvent } from '../updates/case-event';
import { type FiledCases, openFiledCases } from './filed-case.fixture';

let at: FiledCases;
beforeEach(async () => {
  at = await openFiledCases();
});
afterEach(() => at.close());

const engineer = () => at.aws.support.engineer;

it('hands AWS’s files on, and says where one is that the chat does not take', async () => {
  const { id } = await at.filed();
  const data = Buffer.alloc(300_000, 7);
  engineer().answer(id, '见附件', [
    { fileName: '日志.txt', data },
    { fileName: 'tool.exe', data },
  ]);
  await handleCaseEvent(at.event(id), at.bureau);
  expect(at.files).toEqual([{ name: '日志.txt', size: 300_000, bytes: 300_000 }]);
  expect(at.spoken.at(-1)?.card.facts?.[0]?.value).toBe('tool.exe (293 KB)');
});
