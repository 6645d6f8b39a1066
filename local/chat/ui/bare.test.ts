import type { Control } from '../workspace';
import { bareOf } from './bare';

const CONTROLS: Control[] = [
  { kind: 'button', label: '关闭' },
  {
    kind: 'form',
    submit: '提交',
    fields: [
      { name: 'body', label: '描述 *', value: '' },
      { name: 'severity', label: '级别', value: '', options: [{ label: '高', value: 'high' }] },
    ],
  },
];
const bare = (...lines: string[]) => bareOf({ view: { title: '', mark: '', lines, mentions: [] }, controls: CONTROLS });

it('leaves out what Slack writes for its inputs and buttons, and keeps what is to be entered', () => {
  const { lines, hints } = bare('工单 42', '描述 *: [现象\n影响]', '级别: []', '提交', '关闭');
  expect(lines).toEqual(['工单 42']);
  expect([...hints]).toEqual([
    ['body', '现象\n影响'],
    ['severity', ''],
  ]);
});

it('leaves out what Feishu writes for its inputs and buttons', () => {
  const { lines, hints } = bare('工单 42', '描述 *', '[ 现象和影响 ]', '级别', '[ 请选择 ▾ ]', '[提交]', '[关闭]');
  expect(lines).toEqual(['工单 42']);
  expect([...hints]).toEqual([
    ['body', '现象和影响'],
    ['severity', '请选择'],
  ]);
});

it('leaves what DingTalk shows to be typed or copied, and everything else', () => {
  const lines = ['关闭: 关闭 42', '提交:', '开工单', '描述 *: (现象)', '级别: 低 | 高', '级别', '不是 [提示]'];
  expect(bare(...lines).lines).toEqual(lines);
});

it('takes a button off the end, where words of the same name stand before', () => {
  expect(bare('关闭', '说明', '关闭').lines).toEqual(['关闭', '说明']);
});
