import { cardError, controlsError } from '../../../local/chat/feishu/card-rules';
import { controlsOf } from '../../../local/chat/feishu/controls';
import type { Json } from '../../../local/chat/json';
import type { Card } from '../card';
import { anyCard, HOSTILE, seeded } from '../hostile.fixture';
import { RICH } from '../rich-card.fixture';
import { byteLength } from '../text';
import { renderBotMessages, renderPlainMessage } from './controls';
import { render } from './render';

const MOST_BYTES = 30 * 1024;
const CHINESE = '实例运行所在的硬件已降级，请尽快停止并重新启动。\n';

/** The request that a message becomes. */
const bytesOf = (message: object) =>
  byteLength(JSON.stringify({ receive_id: 'oc_'.padEnd(40, '0'), uuid: ''.padEnd(50, '0'), ...message }));
const cardsOf = (card: Card): Json[] =>
  renderBotMessages(card, 'group').map(({ content }) => JSON.parse(String(content)));
const controls = (card: Card) => cardsOf(card).map(controlsOf);

it('shows a card as a webhook does, but for what can be pressed', () => {
  const { buttons: _, ...words } = RICH;
  const [webhook] = render(words);
  const [card] = cardsOf(words);
  expect(card).toEqual({ config: { update_multi: true }, ...Object(webhook?.card) });
  expect(controls(RICH)).toEqual([[{ kind: 'button', label: 'Close' }]]);
  expect(JSON.stringify(cardsOf(RICH))).not.toContain('Close: close 42');
});

it('continues in further messages, with what can be pressed in the first', () => {
  const form = { command: '开工单', submit: '提交', fields: [{ name: 'subject', label: '主题' }] };
  const card: Card = { ...RICH, quote: CHINESE.repeat(1500), form };
  const messages = renderBotMessages(card, 'group');
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
  for (const drawn of cardsOf(card)) expect(cardError(drawn) ?? controlsError(drawn)).toBeUndefined();
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
    for (const message of renderBotMessages(
      { ...card, form: { command: card.title, submit: card.title, fields } },
      'direct',
    )) {
      expect(bytesOf(message)).toBeLessThanOrEqual(MOST_BYTES);
      const drawn = JSON.parse(String(message.content));
      expect(cardError(drawn) ?? controlsError(drawn)).toBeUndefined();
    }
  }
});

it('has a plain form in which commands are typed and nobody is called', () => {
  const card: Card = {
    ...RICH,
    mentions: [{ everyone: true }],
    quote: `<at user_id="all"></at>${CHINESE.repeat(3000)}`,
  };
  const message = renderPlainMessage(card);
  expect(message.msg_type).toBe('text');
  expect(bytesOf(message)).toBeLessThanOrEqual(150 * 1024);
  expect(message.content).toContain('Close: close 42');
  expect(message.content).not.toContain('<at');
});
