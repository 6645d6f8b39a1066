import { controlsOf, offerIn, seenOf } from './offer';
import { fillIn, readForm } from './text-form';

const TYPES = 'dtmd://dingtalkclient/sendMessage?content=';
const card = (text: string, btns: object[] = []) => ({ msgtype: 'actionCard', actionCard: { title: 't', text, btns } });

it('can be pressed where a link types words, once for each label', () => {
  const buttons = [
    { title: '关闭', actionURL: `${TYPES}%E5%85%B3%E9%97%AD%2042` },
    { title: '控制台', actionURL: 'https://a.example' },
  ];
  const { buttons: offered } = offerIn(card(`[关闭](${TYPES}x) [C\\*](${TYPES}c)`, buttons));
  expect(offered).toEqual([
    { label: '关闭', command: 'x' },
    { label: 'C*', command: 'c' },
  ]);
});

it('offers nothing in a text, in which links are letters', () => {
  const message = { msgtype: 'text', text: { content: `[a](${TYPES}a)` } };
  expect(controlsOf(offerIn(message))).toEqual([]);
});

it('shows of such a link its label only', () => {
  expect(seenOf(card(`[关闭](${TYPES}x): x`, [{ title: '关闭', actionURL: `${TYPES}x` }])).lines).toEqual([
    '关闭: x',
    '关闭',
  ]);
});

const LINES = [
  '请填写',
  '提交:',
  '开工单',
  'subject: (标题)',
  'severity: low | high',
  'language: zh',
  'body: a: b',
  '控制台 <https://a.example>',
];

it('reads a form as a person does', () => {
  expect(readForm(LINES)).toEqual({
    submit: '提交',
    command: '开工单',
    fields: [
      { name: 'subject', value: '', choices: [] },
      { name: 'severity', value: '', choices: ['low', 'high'] },
      { name: 'language', value: 'zh', choices: [] },
      { name: 'body', value: 'a: b', choices: [] },
    ],
  });
});

it.each([[[]], [['提交:']], [['提交:', '开工单']], [['提交', '开工单', 'subject: x']], [['账号: 1', 'a: 2', 'b: 3']]])(
  'sees no form in %j',
  (lines) => {
    expect(readForm(lines)).toBeUndefined();
  },
);

it('types what is filled in, leaves what stood there, and drops what stays empty', () => {
  const form = readForm(LINES);
  if (!form) throw new Error('There is no form.');
  expect(fillIn(form, { severity: 'high', body: '第一行\n第二行' })).toBe(
    '开工单\nseverity: high\nlanguage: zh\nbody: 第一行\n第二行',
  );
  expect(() => fillIn(form, { colour: 'red' })).toThrow('The form has no field colour.');
});
