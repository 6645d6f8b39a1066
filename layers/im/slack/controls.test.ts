import { objectionToMessage } from '../../../local/chat/slack/message-checks';
import type { Card, Field } from '../card';
import type { Payload } from '../channel';
import { anyCard, seeded } from '../hostile.fixture';
import { RICH } from '../rich-card.fixture';
import { renderApp } from './controls';
import { render } from './render';

const card = (more: Partial<Card>): Card => ({ title: '新工单', severity: 'info', ...more });
const options = (count: number, label = '服务') =>
  Array.from({ length: count }, (_, at) => ({ label: `${label} ${at}`, value: `service-${at}` }));
const formOf = (...fields: Field[]) => card({ form: { command: 'open', submit: '提交', fields } });
const blocksOf = (each: Card) => renderApp(each).flatMap(({ blocks }) => blocks);
const select = (field: Field) => Object(blocksOf(formOf(field))[1]).element;

it('draws buttons that carry their commands, and prints none of them', () => {
  const [message, ...more] = renderApp({ ...RICH, buttons: [{ label: '关闭', command: 'close 42' }] });
  expect(more).toEqual([]);
  expect(message?.attachments?.[0]?.blocks.at(-1)).toEqual({
    type: 'actions',
    elements: [
      {
        type: 'button',
        action_id: 'press:0',
        text: { type: 'plain_text', text: '关闭', emoji: false },
        value: 'close 42',
      },
    ],
  });
  expect(JSON.stringify(message)).not.toContain('关闭: close 42');
});

it('is a webhook message where there is nothing to press', () => {
  const { buttons: _, ...rest } = RICH;
  expect(renderApp(rest)).toEqual(render(rest));
});

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
  for (const message of renderApp(formOf(field))) expect(objectionToMessage(message)).toBeUndefined();
});

it('lets a choice of nothing be typed', () => {
  expect(select({ name: 's', label: 's', options: [] }).type).toBe('plain_text_input');
});

it.each([
  ['a command that is too long', { buttons: [{ label: 'x', command: 'c'.repeat(2001) }] }, /x: ccc/],
  ['a button without a label', { buttons: [{ label: ' ', command: 'close' }] }, /: close/],
  [
    'the 26th button',
    { buttons: Array.from({ length: 26 }, (_, at) => ({ label: `b${at}`, command: `c${at}` })) },
    /b25: c25/,
  ],
  [
    'a form of 21 fields',
    formOf(...Array.from({ length: 21 }, (_, at) => ({ name: `n${at}`, label: 'l' }))),
    /n20: \(l\)/,
  ],
  ['a field without a name', formOf({ name: '', label: 'l' }), /: \(l\)/],
])('prints %s', (_, more, printed) => {
  const messages = renderApp(card(more));
  expect(JSON.stringify(messages)).toMatch(printed);
  for (const message of messages) expect(objectionToMessage(message)).toBeUndefined();
});

it('says in its buttons that a message opens a thread', () => {
  const both = { ...formOf({ name: 'n', label: 'l' }), buttons: [{ label: 'x', command: 'y' }] };
  const ids = JSON.stringify(renderApp(both, true)).match(/"action_id":"[^"]+"/g);
  expect(ids).toEqual(['"action_id":"press-root:0"', '"action_id":"n"', '"action_id":"submit-root:0"']);
});

it('continues a long card in further messages, with all there is to press in the first', () => {
  const long = {
    ...formOf({ name: 's', label: '服务', options: options(250, '弹性计算云服务') }),
    quote: '很长的描述。'.repeat(2000),
  };
  const [first, ...more] = renderApp({ ...long, buttons: [{ label: '算了', command: 'cancel' }] });
  expect(more.length).toBeGreaterThan(1);
  expect(JSON.stringify(first)).toMatch(/"input".*"提交"/);
  expect(JSON.stringify(more)).not.toMatch(/"input"|"button"/);
  for (const message of [first ?? {}, ...more]) expect(objectionToMessage(message)).toBeUndefined();
});

it('draws any card as messages that Slack takes', () => {
  const random = seeded(11);
  for (let round = 0; round < 60; round++) {
    const any = anyCard(random, 20_000);
    const words = (most: number) => anyCard(random, most).quote ?? '';
    const fields = Array.from({ length: Math.floor(random() * 24) }, (_, at) => ({
      name: `n${at % 7}`,
      label: words(3000),
      hint: words(400),
      value: words(5000),
      multiline: random() > 0.5,
      options: random() > 0.5 ? options(Math.floor(random() * 300), words(200)) : undefined,
    }));
    for (const message of renderApp({ ...any, form: { command: 'open', submit: 'go', fields } }, random() > 0.5)) {
      expect(objectionToMessage(message)).toBeUndefined();
    }
  }
});
