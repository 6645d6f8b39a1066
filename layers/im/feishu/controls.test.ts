import { cardError, controlsError } from '../../../local/chat/feishu/card-rules';
import { controlsOf } from '../../../local/chat/feishu/controls';
import type { Json } from '../../../local/chat/json';
import type { Card, Form } from '../card';
import { anyCard, HOSTILE, seeded } from '../hostile.fixture';
import { RICH } from '../rich-card.fixture';
import { byteLength } from '../text';
import { encodeButtonName, renderBotMessages, renderPlainMessage, renderUpdate } from './controls';
import { render } from './render';

/** Of the document "发送消息". */
const MAX_REQUEST_BYTES = 30 * 1024;
const CHINESE = '实例运行所在的硬件已降级，请尽快停止并重新启动。\n';

const requestBytes = (message: object) =>
  byteLength(JSON.stringify({ receive_id: 'oc_'.padEnd(40, '0'), uuid: ''.padEnd(50, '0'), ...message }));
const cardsOf = (card: Card): Json[] =>
  renderBotMessages(card, 'group').map(({ content }) => JSON.parse(String(content)));
const controls = (card: Card) => cardsOf(card).map(controlsOf);
const withForm = (fields: Form['fields']): Card => ({
  title: '开工单',
  severity: 'info',
  form: { command: '开工单', submit: '提交', fields },
});

describe('renderBotMessages()', () => {
  it('renders a card like a webhook, except for buttons that can be pressed', () => {
    const { buttons: _, ...text } = RICH;
    const [webhook] = render(text);
    expect(cardsOf(text)).toEqual([{ config: { update_multi: true }, ...Object(webhook?.card) }]);
    expect(controls(RICH)).toEqual([[{ kind: 'button', label: 'Close' }]]);
    expect(JSON.stringify(cardsOf(RICH))).not.toContain('Close: close 42');
  });

  it('splits a long card, with the controls in the first message', () => {
    const form = { command: '开工单', submit: '提交', fields: [{ name: 'subject', label: '主题' }] };
    const counts = controls({ ...RICH, quote: CHINESE.repeat(1500), form }).map((each) => each.length);
    expect(counts.length).toBeGreaterThan(2);
    expect(counts).toEqual([2, ...counts.slice(1).map(() => 0)]);
  });

  it('renders the eleventh and further buttons as text', () => {
    const buttons = Array.from({ length: 12 }, (_, index) => ({ label: `B${index}`, command: `do ${index}` }));
    const card: Card = { title: 't', severity: 'info', buttons };
    expect(controls(card)[0]).toHaveLength(10);
    expect(JSON.stringify(cardsOf(card))).toContain('B11: do 11');
  });

  it.each(HOSTILE)('renders a valid card with %j in every place', (text) => {
    const fields = [
      { name: text, label: text, hint: text, value: text, options: undefined },
      { name: 'o', label: text, options: [{ label: text, value: text }] },
    ];
    const form = { command: text, submit: text, fields };
    const buttons = [{ label: text, command: text }];
    for (const card of cardsOf({ title: text, severity: 'info', text, buttons, form }))
      expect(cardError(card) ?? controlsError(card)).toBeUndefined();
  });

  it('keeps every limit with random cards', () => {
    const random = seeded(11);
    for (let round = 0; round < 60; round++) {
      const card = anyCard(random, round % 10 === 0 ? 60_000 : 3_000);
      const toOption = (_: unknown, index: number) => ({ label: `${card.title}${index}`, value: `v${index}` });
      const options = Array.from({ length: Math.floor(random() * 300) }, toOption);
      const fields = [
        { name: 'n', label: card.title, hint: card.title, options },
        { name: 'm', label: 'm', value: card.title },
      ];
      const form = { command: card.title, submit: card.title, fields };
      for (const message of renderBotMessages({ ...card, form }, 'direct')) {
        expect(requestBytes(message)).toBeLessThanOrEqual(MAX_REQUEST_BYTES);
        const rendered = JSON.parse(String(message.content));
        expect(cardError(rendered) ?? controlsError(rendered)).toBeUndefined();
      }
    }
  });
});

describe('a form', () => {
  it('is rendered with every property of its fields', () => {
    const options = [
      { label: '低', value: 'low' },
      { label: '急', value: 'urgent' },
    ];
    const [card] = cardsOf(
      withForm([
        { name: 'subject', label: '主题*', required: true, hint: '一句话', value: '连不上' },
        { name: 'body', label: '描述', multiline: true },
        { name: 'severity', label: '', value: 'urgent', options },
      ]),
    );
    const label = (content: string) => ({ tag: 'markdown', content });
    const text = (content: string) => ({ tag: 'plain_text', content });
    const input = { tag: 'input', max_length: 1000 };
    const value = { command: '开工单', chat: 'group' } as const;
    expect(Object(card?.body).elements).toEqual([
      {
        tag: 'form',
        name: 'casebell_form',
        elements: [
          label('主题&#42; &#42;'),
          { ...input, name: 'subject', required: true, default_value: '连不上', placeholder: text('一句话') },
          label('描述 (≤ 1000)'),
          { ...input, name: 'body', input_type: 'multiline_text', rows: 5, placeholder: text('描述') },
          label('severity'),
          {
            tag: 'select_static',
            name: 'severity',
            initial_option: 'urgent',
            options: options.map((option) => ({ text: text(option.label), value: option.value })),
          },
          {
            tag: 'button',
            name: encodeButtonName(value),
            type: 'primary',
            form_action_type: 'submit',
            text: text('提交'),
            behaviors: [{ type: 'callback', value }],
          },
        ],
      },
    ]);
  });

  it('cuts a list that is too long, counts it in the label, and keeps the chosen option', () => {
    const toOption = (_: unknown, index: number) => ({ label: `弹性计算 (${index})`, value: `service-${index}` });
    const options = Array.from({ length: 400 }, toOption);
    const [[form] = []] = controls(withForm([{ name: 'service', label: '服务', options, value: 'service-399' }]));
    if (form?.kind !== 'form') throw new Error('no form');
    const [field] = form.fields;
    const count = field?.options?.length ?? 0;
    expect(count).toBeGreaterThan(50);
    expect(field).toMatchObject({ label: `服务 (${count}/400)`, value: 'service-399' });
    expect(field?.options?.at(-2)?.value).toBe(`service-${count - 2}`);
  });

  it('shows options with the same value once, and none without a value', () => {
    const options = ['a', 'a', '', 'b'].map((value) => ({ label: value, value }));
    expect(controls(withForm([{ name: 'n', label: 'l', options }]))[0]).toMatchObject([
      { fields: [{ label: 'l', options: [{ value: 'a' }, { value: 'b' }] }] },
    ]);
  });

  it('holds an input of a thousand characters', () => {
    const value = '字'.repeat(1000);
    expect(controls(withForm([{ name: 'body', label: '描述', multiline: true, value }]))[0]).toMatchObject([
      { fields: [{ label: '描述 (≤ 1000)', value }] },
    ]);
  });

  it.each([
    ['a value that an input would cut', [{ name: 'body', label: 'b', value: '字'.repeat(1001) }]],
    ['two fields of one name', ['a', 'b'].map((label) => ({ name: 'a', label }))],
    ['a list without values', [{ name: 'a', label: 'a', options: [{ label: 'x', value: '' }] }]],
    ['a field without a name', [{ name: '', label: 'a' }]],
    ['one giant option', [{ name: 'a', label: 'a', options: [{ label: 'x'.repeat(20_000), value: 'x' }] }]],
    ['too many fields', Array.from({ length: 70 }, (_, index) => ({ name: `f${index}`, label: 'f' }))],
  ])('is rendered as text when it has %s, so that nothing is lost', (_, fields) => {
    expect(controls(withForm(fields)).flat()).toEqual([]);
    expect(JSON.stringify(cardsOf(withForm(fields)))).toContain('开工单');
  });
});

it.each([
  { text: '**请看** 👨‍👩‍👧‍👦'.repeat(100), quote: '实例已停止。'.repeat(20_000) },
  { text: '实例已停止。'.repeat(20_000) },
  { facts: Array.from({ length: 900 }, (_, index) => ({ label: `标签 ${index}`, value: '值'.repeat(50) })) },
])('renderUpdate() cuts a card to one valid message', (long) => {
  const content = renderUpdate({ title: 't', severity: 'resolved', ...long }, 'group');
  expect(requestBytes({ content })).toBeLessThanOrEqual(MAX_REQUEST_BYTES);
  expect(content).not.toContain('�');
  expect(cardError(JSON.parse(content))).toBeUndefined();
});

it('renderPlainMessage() contains the commands and mentions no one', () => {
  const quote = `<at user_id="all"></at>${CHINESE.repeat(3000)}`;
  const message = renderPlainMessage({ ...RICH, mentions: [{ everyone: true }], quote });
  expect(message.msg_type).toBe('text');
  expect(requestBytes(message)).toBeLessThanOrEqual(150 * 1024);
  expect(message.content).toContain('Close: close 42');
  expect(message.content).not.toContain('<at');
});
