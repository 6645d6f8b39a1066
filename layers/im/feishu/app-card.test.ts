import { objectionTo } from '../../../local/chat/feishu/card';
import { objectionToControls } from '../../../local/chat/feishu/card-controls';
import { controlsOf } from '../../../local/chat/feishu/controls';
import type { Json } from '../../../local/chat/json';
import type { Card, Form } from '../card';
import { anyCard, HOSTILE, seeded } from '../hostile.fixture';
import { RICH } from '../rich-card.fixture';
import { byteLength } from '../text';
import { renderForApp, renderPlain } from './app-card';
import { nameOf } from './pressed';
import { render } from './render';

const MOST_BYTES = 30 * 1024;
const CHINESE = '实例运行所在的硬件已降级，请尽快停止并重新启动。\n';

/** The request that a message becomes. */
const bytesOf = (message: object) =>
  byteLength(JSON.stringify({ receive_id: 'oc_'.padEnd(40, '0'), uuid: ''.padEnd(50, '0'), ...message }));
const cardsOf = (card: Card): Json[] => renderForApp(card, 'group').map(({ content }) => JSON.parse(String(content)));
const controls = (card: Card) => cardsOf(card).map(controlsOf);
const withForm = (form: Partial<Form>): Card => ({
  title: '开工单',
  severity: 'info',
  form: { command: '开工单', submit: '提交', fields: [], ...form },
});

it('shows a card as a webhook does, but for what can be pressed', () => {
  const { buttons: _, ...words } = RICH;
  const [webhook] = render(words);
  const [card] = cardsOf(words);
  expect(card).toEqual({ config: { update_multi: true }, ...Object(webhook?.card) });
  expect(controls(RICH)).toEqual([[{ kind: 'button', label: 'Close' }]]);
  expect(JSON.stringify(cardsOf(RICH))).not.toContain('Close: close 42');
});

it('draws a form with everything that a field may have', () => {
  const [card] = cardsOf(
    withForm({
      fields: [
        { name: 'subject', label: '主题*', required: true, hint: '一句话', value: '连不上' },
        { name: 'body', label: '描述', multiline: true },
        {
          name: 'severity',
          label: '',
          value: 'urgent',
          options: [
            { label: '低', value: 'low' },
            { label: '急', value: 'urgent' },
          ],
        },
      ],
    }),
  );
  const label = (content: string) => ({ tag: 'markdown', content });
  const text = (content: string) => ({ tag: 'plain_text', content });
  expect(card?.body).toEqual({
    elements: [
      {
        tag: 'form',
        name: 'casebell_form',
        elements: [
          label('主题&#42; &#42;'),
          {
            tag: 'input',
            name: 'subject',
            max_length: 1000,
            required: true,
            default_value: '连不上',
            placeholder: text('一句话'),
          },
          label('描述 (≤ 1000)'),
          {
            tag: 'input',
            name: 'body',
            max_length: 1000,
            input_type: 'multiline_text',
            rows: 5,
            placeholder: text('描述'),
          },
          label('severity'),
          {
            tag: 'select_static',
            name: 'severity',
            initial_option: 'urgent',
            options: [
              { text: text('低'), value: 'low' },
              { text: text('急'), value: 'urgent' },
            ],
          },
          {
            tag: 'button',
            name: nameOf({ command: '开工单', chat: 'group' }),
            type: 'primary',
            form_action_type: 'submit',
            text: text('提交'),
            behaviors: [{ type: 'callback', value: { command: '开工单', chat: 'group' } }],
          },
        ],
      },
    ],
  });
});

it('cuts a list that is too long for a card, says so, and keeps what was chosen', () => {
  const options = Array.from({ length: 400 }, (_, at) => ({
    label: `弹性计算云服务 Amazon EC2 (${at})`,
    value: `service-${at}`,
  }));
  const [first = []] = controls(
    withForm({ fields: [{ name: 'service', label: '服务', options, value: 'service-399' }] }),
  );
  const form = first.find(({ kind }) => kind === 'form');
  if (form?.kind !== 'form') throw new Error('no form');
  const [field] = form.fields;
  const count = field?.options?.length ?? 0;
  expect(count).toBeGreaterThan(50);
  expect(field).toMatchObject({ label: `服务 (${count}/400)`, value: 'service-399' });
  expect(field?.options?.at(-2)?.value).toBe(`service-${count - 2}`);
});

it('never offers two options that cannot be told apart', () => {
  const options = ['a', 'a', '', 'b'].map((value) => ({ label: value, value }));
  expect(controls(withForm({ fields: [{ name: 'n', label: 'l', options }] }))[0]).toMatchObject([
    { fields: [{ label: 'l', options: [{ value: 'a' }, { value: 'b' }] }] },
  ]);
});

it.each([
  ['a value that an input would cut', [{ name: 'body', label: 'b', value: '字'.repeat(1001) }]],
  [
    'two fields of one name',
    [
      { name: 'a', label: 'a' },
      { name: 'a', label: 'b' },
    ],
  ],
  ['a field without a name', [{ name: '', label: 'a' }]],
  [
    'a list of nothing but one giant',
    [{ name: 'a', label: 'a', options: [{ label: 'x'.repeat(20_000), value: 'x' }] }],
  ],
  ['more fields than a card takes', Array.from({ length: 70 }, (_, at) => ({ name: `f${at}`, label: 'f' }))],
])('prints a form with %s, so that nothing is lost', (_, fields) => {
  const card = withForm({ fields });
  expect(controls(card).flat()).toEqual([]);
  expect(JSON.stringify(cardsOf(card))).toContain('开工单');
});

it('says that an input takes a thousand letters, and takes them', () => {
  const value = '字'.repeat(1000);
  expect(controls(withForm({ fields: [{ name: 'body', label: '描述', multiline: true, value }] }))[0]).toMatchObject([
    { fields: [{ label: '描述 (≤ 1000)', value }] },
  ]);
});

it('continues in further messages, with what can be pressed in the first', () => {
  const form = { command: '开工单', submit: '提交', fields: [{ name: 'subject', label: '主题' }] };
  const card: Card = { ...RICH, quote: CHINESE.repeat(1500), form };
  const messages = renderForApp(card, 'group');
  expect(messages.length).toBeGreaterThan(2);
  for (const message of messages) expect(bytesOf(message)).toBeLessThanOrEqual(MOST_BYTES);
  expect(controls(card).map((each) => each.length)).toEqual([2, ...messages.slice(1).map(() => 0)]);
});

it('prints what is more than ten buttons', () => {
  const buttons = Array.from({ length: 12 }, (_, at) => ({ label: `B${at}`, command: `do ${at}` }));
  const card: Card = { title: 't', severity: 'info', buttons };
  expect(controls(card)[0]).toHaveLength(10);
  expect(JSON.stringify(cardsOf(card))).toContain('B11: do 11');
});

it.each(HOSTILE)('is taken by Feishu whatever stands in it: %j', (words) => {
  const fields = [
    { name: words, label: words, hint: words, value: words, options: undefined },
    { name: 'o', label: words, options: [{ label: words, value: words }] },
  ];
  const card: Card = {
    title: words,
    severity: 'info',
    text: words,
    buttons: [{ label: words, command: words }],
    form: { command: words, submit: words, fields },
  };
  for (const drawn of cardsOf(card)) expect(objectionTo(drawn) ?? objectionToControls(drawn)).toBeUndefined();
});

it('keeps every limit with any card', () => {
  const random = seeded(11);
  for (let round = 0; round < 60; round++) {
    const card = anyCard(random, round % 10 === 0 ? 60_000 : 3_000);
    const many = Array.from({ length: Math.floor(random() * 300) }, (_, at) => ({
      label: `${card.title}${at}`,
      value: `v${at}`,
    }));
    const fields = [
      { name: 'n', label: card.title, hint: card.title, options: many },
      { name: 'm', label: 'm', value: card.title },
    ];
    for (const message of renderForApp(
      { ...card, form: { command: card.title, submit: card.title, fields } },
      'direct',
    )) {
      expect(bytesOf(message)).toBeLessThanOrEqual(MOST_BYTES);
      const drawn = JSON.parse(String(message.content));
      expect(objectionTo(drawn) ?? objectionToControls(drawn)).toBeUndefined();
    }
  }
});

it('has a plain form in which commands are typed and nobody is called', () => {
  const card: Card = {
    ...RICH,
    mentions: [{ everyone: true }],
    quote: `<at user_id="all"></at>${CHINESE.repeat(3000)}`,
  };
  const message = renderPlain(card);
  expect(message.msg_type).toBe('text');
  expect(bytesOf(message)).toBeLessThanOrEqual(150 * 1024);
  expect(message.content).toContain('Close: close 42');
  expect(message.content).not.toContain('<at');
});
