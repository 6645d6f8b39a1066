import { messageError } from '../../../local/chat/slack/block-kit';
import type { Card, Field } from '../card';
import type { Payload } from '../channel';
import { anyCard, seeded } from '../hostile.fixture';
import { RICH } from '../rich-card.fixture';
import { renderForBot } from './controls';
import { render } from './render';

const card = (more: Partial<Card>): Card => ({ title: '新工单', severity: 'info', ...more });
const options = (count: number, label = '服务') =>
  Array.from({ length: count }, (_, index) => ({ label: `${label} ${index}`, value: `service-${index}` }));
const formCard = (...fields: Field[]) => card({ form: { command: 'open', submit: '提交', fields } });
const select = (field: Field) => Object(renderForBot(formCard(field))[0]?.blocks[1]).element;
const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });

function expectAccepted(messages: Payload[]) {
  for (const message of messages) expect(messageError(message)).toBeUndefined();
}

it('renders buttons that contain their commands, and no text of them', () => {
  const [message, ...more] = renderForBot({ ...RICH, buttons: [{ label: '关闭', command: 'close 42' }] });
  expect(more).toEqual([]);
  const button = { type: 'button', action_id: 'press:0', text: plain('关闭'), value: 'close 42' };
  expect(message?.attachments?.[0]?.blocks.at(-1)).toEqual({ type: 'actions', elements: [button] });
  expect(JSON.stringify(message)).not.toContain('关闭: close 42');
});

it('renders a card without controls as a webhook does', () => {
  const { buttons: _, ...rest } = RICH;
  expect(renderForBot(rest)).toEqual(render(rest));
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
    formCard(...Array.from({ length: 21 }, (_, at) => ({ name: `n${at}`, label: 'l' }))),
    /n20: \(l\)/,
  ],
  ['a field without a name', formCard({ name: '', label: 'l' }), /: \(l\)/],
])('renders %s as text', (_, more, text) => {
  const messages = renderForBot(card(more));
  expect(JSON.stringify(messages)).toMatch(text);
  expectAccepted(messages);
});

it('says in the action ids that a message begins a thread', () => {
  const both = { ...formCard({ name: 'n', label: 'l' }), buttons: [{ label: 'x', command: 'y' }] };
  const ids = JSON.stringify(renderForBot(both, true)).match(/"action_id":"[^"]+"/g);
  expect(ids).toEqual(['"action_id":"press-root:0"', '"action_id":"n"', '"action_id":"submit-root:0"']);
});

it('continues a long card in further messages, with all controls in the first', () => {
  const long = {
    ...formCard({ name: 's', label: '服务', options: options(250, '弹性计算云服务') }),
    quote: '很长的描述。'.repeat(2000),
  };
  const [first = {}, ...more] = renderForBot({ ...long, buttons: [{ label: '算了', command: 'cancel' }] });
  expect(more.length).toBeGreaterThan(1);
  expect(JSON.stringify(first)).toMatch(/"input".*"提交"/);
  expect(JSON.stringify(more)).not.toMatch(/"input"|"button"/);
  expectAccepted([first, ...more]);
});

it('renders any card as messages that Slack accepts', () => {
  const random = seeded(11);
  const words = (size: number) => anyCard(random, size).quote ?? '';
  for (let round = 0; round < 25; round++) {
    const fields = Array.from({ length: Math.floor(random() * 24) }, (_, at) => ({
      name: `n${at % 7}`,
      label: words(3000),
      hint: words(400),
      value: words(5000),
      multiline: random() > 0.5,
      options: random() > 0.5 ? options(Math.floor(random() * 300), words(200)) : undefined,
    }));
    const any = { ...anyCard(random, 20_000), form: { command: 'open', submit: 'go', fields } };
    expectAccepted(renderForBot(any, random() > 0.5));
  }
});

it('renders a form below the text, with the severity in the title', () => {
  const severities = [
    { label: '', value: 'a' },
    { label: 'B', value: 'b' },
  ];
  const form = formCard(
    { name: 'subject', label: '主题', required: true, hint: '一句话', value: '实例' },
    { name: 'body', label: '描述', multiline: true },
    { name: 'severity', label: '级别', value: 'b', hint: '选择', options: severities },
  );
  const option = (text: string, value: string) => ({ text: plain(text), value });
  const input = (index: number, label: string, element: object, more = {}) => ({
    type: 'input',
    block_id: `field:${index}`,
    label: plain(label),
    optional: true,
    element,
    ...more,
  });
  const text = { type: 'plain_text_input', max_length: 3000 };
  const subject = {
    ...text,
    action_id: 'subject',
    multiline: false,
    placeholder: plain('一句话'),
    initial_value: '实例',
  };
  const later = plain('最多 3000 字，更多内容提交后可再回复 · 3,000 characters at most, reply later to add more');
  const choice = {
    placeholder: plain('选择'),
    options: [option('a', 'a'), option('B', 'b')],
    initial_option: option('B', 'b'),
  };
  const submit = { type: 'button', action_id: 'submit:0', text: plain('提交'), value: 'open', style: 'primary' };
  expect(renderForBot({ ...form, text: '请填写' })).toEqual([
    {
      text: '🔵 新工单',
      blocks: [
        { type: 'header', text: plain('🔵 新工单') },
        { type: 'section', text: { type: 'mrkdwn', text: '请填写', verbatim: true } },
        input(0, '主题', subject, { optional: false }),
        input(1, '描述', { ...text, action_id: 'body', multiline: true }, { hint: later }),
        input(2, '级别', { type: 'static_select', action_id: 'severity', ...choice }),
        { type: 'actions', elements: [submit] },
      ],
    },
  ]);
});

it('groups more than a hundred options, labelled with the first and the last of each group', () => {
  expect(select({ name: 's', label: 's', options: options(100) }).options).toHaveLength(100);
  const grouped = select({ name: 's', label: 's', value: 'service-205', options: options(250) });
  const labels = grouped.option_groups.map((group: Payload) => Object(group.label).text);
  expect(labels).toEqual(['服务 0 – 服务 99', '服务 100 – 服务 199', '服务 200 – 服务 249']);
  expect(grouped.initial_option.value).toBe('service-205');
});

it('cuts what is too long for Slack, and offers no value that it would reject', () => {
  const long = '数据库服务'.repeat(100);
  const offered = [
    { label: long, value: 'a' },
    { label: 'b', value: 'b'.repeat(151) },
    { label: 'c', value: '' },
  ];
  const field = { name: 's', label: long, hint: long, value: 'gone', options: offered };
  const element = select(field);
  expect(element.options).toHaveLength(1);
  expect(element.options[0].text.text).toMatch(/^数据库.*…$/);
  expect(element).not.toHaveProperty('initial_option');
  expectAccepted(renderForBot(formCard(field)));
});

it('renders a choice without options as a text input', () => {
  expect(select({ name: 's', label: 's', options: [] }).type).toBe('plain_text_input');
});

it('offers as many options as there is room for, from the beginning', () => {
  const field = { name: 's', label: 's', options: options(300, '数据库服务'.repeat(20)) };
  const { option_groups = [], options: shown = option_groups.flatMap((group: Payload) => group.options) } =
    select(field);
  expect(shown.length).toBeGreaterThan(50);
  expect(shown.length).toBeLessThan(100);
  expect(shown[0].value).toBe('service-0');
});

it('renders a form that would fill a message alone as text', () => {
  const fields = Array.from({ length: 10 }, (_, at) => ({ name: `n${at}`, label: 'l', value: '值'.repeat(3000) }));
  const messages = renderForBot(formCard(...fields));
  expect(JSON.stringify(messages)).not.toContain('"input"');
  expect(JSON.stringify(messages)).toContain('n9: 值');
});
