import { controlsOf } from '../../../local/chat/feishu/controls';
import type { Json } from '../../../local/chat/json';
import type { Card, Form } from '../card';
import { encodeButtonName, renderBotMessages } from './controls';

const cardsOf = (card: Card): Json[] =>
  renderBotMessages(card, 'group').map(({ content }) => JSON.parse(String(content)));
const controls = (card: Card) => cardsOf(card).map(controlsOf);
const withForm = (form: Partial<Form>): Card => ({
  title: '开工单',
  severity: 'info',
  form: { command: '开工单', submit: '提交', fields: [], ...form },
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
            name: encodeButtonName({ command: '开工单', chat: 'group' }),
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
  ['a list of nothing', [{ name: 'a', label: 'a', options: [{ label: 'x', value: '' }] }]],
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
