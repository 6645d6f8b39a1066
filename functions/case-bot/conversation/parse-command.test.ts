import type { ChatMessage } from '@casebell/im/bots';
import { COMMAND_NAMES, type Command } from '../domain/command';
import { createCommandParser } from './parse-command';

const command = (names: Command['names']): Command => ({ names, run: async () => undefined });
const COMMANDS = Object.values(COMMAND_NAMES).map(command);
const parse = createCommandParser(COMMANDS);
const message = (text: string, more: Partial<ChatMessage> = {}): ChatMessage => ({
  id: 'm',
  platform: 'feishu',
  conversation: { id: 'c', kind: 'group' },
  sender: { id: 'u' },
  text,
  isForBot: true,
  sentAt: 0,
  ...more,
});

it.each([
  ['帮助', '帮助', ''],
  ['  HELP ', '帮助', ''],
  ['开工单 EC2 连不上', '开工单', 'EC2 连不上'],
  ['开工单：EC2 连不上', '开工单', 'EC2 连不上'],
  ['提工单　EC2', '开工单', 'EC2'],
  ['ｏｐｅｎ　my subject', '开工单', 'my subject'],
  ['open: my subject: with a colon', '开工单', 'my subject: with a colon'],
  ['查找ServiceCode: EC2', '查找服务', 'EC2'],
  ['查找servicecode：负载均衡', '查找服务', '负载均衡'],
  ['工单123456', '工单', '123456'],
  ['工单 123456', '工单', '123456'],
  ['释放工单:case-1', '关闭工单', 'case-1'],
  ['释放case,case_id:case-1', '关闭工单', 'case_id:case-1'],
  ['confirm resolve 123', '确认关闭', '123'],
  ['case 123', '工单', '123'],
  ['cases open 2', '历史', 'open 2'],
])('parses "%s"', (text, word, rest) => {
  const parsed = parse(message(text));
  expect([parsed?.command.names['zh-CN'], parsed?.argument.text]).toEqual([word, rest]);
});

it.each(['你好', '工单太多了', 'opening hours', 'helpful', '', 'caseload', '历史上'])(
  'finds no command in "%s"',
  (text) => expect(parse(message(text))).toBeUndefined(),
);

it('parses the lines of the text form, whatever colons they contain', () => {
  const text =
    '提工单\nsubject: 无法连接: 超时\nbody：第一行\n时间: 10:00 UTC\n第三行\nseverityCode: low\nserviceCode:amazon-elastic-compute-cloud-linux\ncategoryCode: other';
  expect(parse(message(text))?.argument.fields).toEqual({
    subject: '无法连接: 超时',
    body: '第一行\n时间: 10:00 UTC\n第三行',
    severityCode: 'low',
    serviceCode: 'amazon-elastic-compute-cloud-linux',
    categoryCode: 'other',
  });
});

it('accepts Chinese field names, and takes the first line as the text', () => {
  const { argument } = parse(message('开工单 连不上\n内容：看日志\n严重级别：高')) ?? {};
  expect(argument).toMatchObject({ text: '连不上', fields: { body: '看日志', severityCode: '高' } });
});

it('prefers the values of a form to lines of the text', () => {
  const parsed = parse(message('填写 CB-1\nsubject: a', { fields: { subject: 'b', body: '' } }));
  expect(parsed?.argument).toMatchObject({ text: 'CB-1', fields: { subject: 'b', body: '' } });
});
