import { messageError } from '../../../local/chat/slack/block-kit';
import type { Card, Field } from '../card';
import { anyCard, seeded } from '../hostile.fixture';
import { RICH } from '../rich-card.fixture';
import { renderApp } from './controls';
import { render } from './render';

const card = (more: Partial<Card>): Card => ({ title: '新工单', severity: 'info', ...more });
const options = (count: number, label = '服务') =>
  Array.from({ length: count }, (_, at) => ({ label: `${label} ${at}`, value: `service-${at}` }));
const formOf = (...fields: Field[]) => card({ form: { command: 'open', submit: '提交', fields } });

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
  for (const message of messages) expect(messageError(message)).toBeUndefined();
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
  for (const message of [first ?? {}, ...more]) expect(messageError(message)).toBeUndefined();
});

it('draws any card as messages that Slack takes', () => {
  const random = seeded(11);
  for (let round = 0; round < 25; round++) {
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
      expect(messageError(message)).toBeUndefined();
    }
  }
});
