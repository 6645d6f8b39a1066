import { messageError } from '../../../local/chat/slack/block-kit';
import type { Card, Field } from '../card';
import type { Payload } from '../channel';
import { renderApp } from './controls';

const card = (more: Partial<Card>): Card => ({ title: '新工单', severity: 'info', ...more });
const options = (count: number, label = '服务') =>
  Array.from({ length: count }, (_, at) => ({ label: `${label} ${at}`, value: `service-${at}` }));
const formOf = (...fields: Field[]) => card({ form: { command: 'open', submit: '提交', fields } });
const blocksOf = (each: Card) => renderApp(each).flatMap(({ blocks }) => blocks);
const select = (field: Field) => Object(blocksOf(formOf(field))[1]).element;

it('draws a form with all that its fields ask for, below the words, with the mark in the title', () => {
  const [message, ...more] = renderApp({
    ...formOf(
      { name: 'subject', label: '主题', required: true, hint: '一句话', value: '实例' },
      { name: 'body', label: '描述', multiline: true },
      {
        name: 'severity',
        label: '级别',
        value: 'b',
        hint: '选择',
        options: [
          { label: '', value: 'a' },
          { label: 'B', value: 'b' },
        ],
      },
    ),
    text: '请填写',
  });
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
  const [a, b] = [
    { text: plain('a'), value: 'a' },
    { text: plain('B'), value: 'b' },
  ];
  expect(more).toEqual([]);
  expect(message).toEqual({
    text: '🔵 新工单',
    blocks: [
      { type: 'header', text: plain('🔵 新工单') },
      { type: 'section', text: { type: 'mrkdwn', text: '请填写', verbatim: true } },
      {
        type: 'input',
        block_id: 'field:0',
        label: plain('主题'),
        optional: false,
        element: {
          type: 'plain_text_input',
          action_id: 'subject',
          multiline: false,
          max_length: 3000,
          placeholder: plain('一句话'),
          initial_value: '实例',
        },
      },
      {
        type: 'input',
        block_id: 'field:1',
        label: plain('描述'),
        optional: true,
        element: { type: 'plain_text_input', action_id: 'body', multiline: true, max_length: 3000 },
        hint: plain('最多 3000 字，更多内容提交后可再回复 · 3,000 characters at most, reply later to add more'),
      },
      {
        type: 'input',
        block_id: 'field:2',
        label: plain('级别'),
        optional: true,
        element: {
          type: 'static_select',
          action_id: 'severity',
          placeholder: plain('选择'),
          options: [a, b],
          initial_option: b,
        },
      },
      {
        type: 'actions',
        elements: [{ type: 'button', action_id: 'submit:0', text: plain('提交'), value: 'open', style: 'primary' }],
      },
    ],
  });
});

it('groups more than a hundred options, under the first and the last of each group', () => {
  expect(select({ name: 's', label: 's', options: options(100) }).options).toHaveLength(100);
  const { option_groups, initial_option } = select({
    name: 's',
    label: 's',
    value: 'service-205',
    options: options(250),
  });
  expect(option_groups.map((group: Payload) => Object(group.label).text)).toEqual([
    '服务 0 – 服务 99',
    '服务 100 – 服务 199',
    '服务 200 – 服务 249',
  ]);
  expect(initial_option.value).toBe('service-205');
});

it('cuts what is too long for Slack, and offers no value that it would refuse', () => {
  const long = '数据库服务'.repeat(100);
  const field = {
    name: 's',
    label: long,
    hint: long,
    value: 'gone',
    options: [
      { label: long, value: 'a' },
      { label: 'b', value: 'b'.repeat(151) },
      { label: 'c', value: '' },
    ],
  };
  const element = select(field);
  expect(element.options).toHaveLength(1);
  expect(element.options[0].text.text).toMatch(/^数据库.*…$/);
  expect(element).not.toHaveProperty('initial_option');
  for (const message of renderApp(formOf(field))) expect(messageError(message)).toBeUndefined();
});

it('lets a choice of nothing be typed', () => {
  expect(select({ name: 's', label: 's', options: [] }).type).toBe('plain_text_input');
});

it('offers as many options as there is room for, from the beginning', () => {
  const field = { name: 's', label: 's', options: options(300, '数据库服务'.repeat(20)) };
  const { option_groups = [], options: kept = option_groups.flatMap((group: Payload) => group.options) } =
    select(field);
  expect(kept.length).toBeGreaterThan(50);
  expect(kept.length).toBeLessThan(100);
  expect(kept[0].value).toBe('service-0');
});

it('prints a form that would be a message by itself', () => {
  const fields = Array.from({ length: 10 }, (_, at) => ({ name: `n${at}`, label: 'l', value: '值'.repeat(3000) }));
  const messages = renderApp(formOf(...fields));
  expect(JSON.stringify(messages)).not.toContain('"input"');
  expect(JSON.stringify(messages)).toContain('n9: 值');
});
