import type { Card } from '../card';
import { anyCard, HOSTILE, seeded } from '../hostile.fixture';
import { RICH } from '../rich-card.fixture';
import { byteLength } from '../text';
import { MAX_BOT_MESSAGE_BYTES, renderBotMessages, withoutMentions } from './controls';
import { render } from './render';
import { toTemplate } from './send';

/** The documented limit of `msgParam`. */
const MAX_PARAM_BYTES = 15_000;
const LINK = 'dtmd://dingtalkclient/sendMessage?content=';

it('renders buttons before links, and their commands as text', () => {
  expect(renderBotMessages(RICH)).toMatchObject([
    {
      msgtype: 'actionCard',
      actionCard: {
        text: expect.stringMatching(
          /\n\n\[Close\]\(dtmd:\/\/dingtalkclient\/sendMessage\?content=close%2042\): close 42$/,
        ),
        btnOrientation: '0',
        btns: [
          { title: 'Close', actionURL: `${LINK}close%2042` },
          { title: 'Console', actionURL: 'https://console.example/?a=1&b=2' },
        ],
      },
    },
  ]);
});

it('renders a card without controls like a webhook', () => {
  const { buttons, ...card } = RICH;
  expect(buttons).toBeDefined();
  expect(renderBotMessages(card)).toEqual(render(card));
});

it('renders at most five buttons; the others are links in the text', () => {
  const buttons = Array.from({ length: 7 }, (_, at) => ({ label: `B${at}`, command: `c${at}` }));
  const [message] = renderBotMessages({ title: 't', severity: 'info', buttons, links: RICH.links });
  const { btns, text } = Object(message?.actionCard);
  expect(btns.map(({ title }: { title: string }) => title)).toEqual(['B0', 'B1', 'B2', 'B3', 'B4']);
  expect(text).toContain(`[B6](${LINK}c6): c6`);
  expect(text).toContain('[Console](https://console.example/?a=1&b=2)');
});

it('renders buttons as links in a message with mentions', () => {
  const [message] = renderBotMessages({ ...RICH, mentions: [{ id: '0147' }] });
  expect(message).toMatchObject({ msgtype: 'markdown', at: { atUserIds: ['0147'] } });
  expect(Object(message?.markdown).text).toContain(`[Close](${LINK}close%2042)`);
});

it('renders a form as text to copy and fill in', () => {
  const fields = [
    { name: 'subject', label: '标题', hint: '一句话', required: true },
    {
      name: 'severity',
      label: '级别',
      options: [
        { label: '低', value: 'low' },
        { label: '高', value: 'high' },
      ],
    },
    { name: 'body', label: '描述', multiline: true, value: '无' },
  ];
  const [message] = renderBotMessages({
    title: 't',
    severity: 'info',
    form: { command: '开工单', submit: '提交', fields },
  });
  expect(Object(message?.markdown).text).toBe(
    '#### 🔵 t\n\n提交:  \n开工单  \nsubject: (一句话)  \nseverity: low \\| high  \nbody: 无',
  );
});

it.each(['(', ')', '](https://evil.example)', '中 文', '100% & more', '"', '\ud83d', 'a\nb', '#?&=+', "'*!"])(
  'encodes the command %j completely in the link',
  (command) => {
    const [message] = renderBotMessages({ title: 't', severity: 'info', buttons: [{ label: 'Go', command }] });
    const { singleURL, text } = Object(message?.actionCard);
    const [, url] = text.match(/\[Go\]\(([^()\s]*)\)/) ?? [];
    for (const address of [singleURL, url]) {
      expect(decodeURIComponent(address.slice(LINK.length))).toBe(Buffer.from(command).toString());
    }
  },
);

it('renders a button without a label as text', () => {
  const [message] = renderBotMessages({ title: 't', severity: 'info', buttons: [{ label: ' ', command: 'close' }] });
  expect(message).toMatchObject({ msgtype: 'markdown', markdown: { text: expect.stringContaining('close') } });
});

it.each(HOSTILE.map((text) => text.slice(0, 99)))('renders one button with %j as label and command', (text) => {
  const buttons = [
    { label: text, command: text },
    { label: 'Close', command: 'close' },
  ];
  const [message] = renderBotMessages({ title: text, severity: 'info', buttons });
  const { btns } = Object(message?.actionCard);
  expect(btns.filter(({ title }: { title: string }) => title === 'Close')).toHaveLength(1);
  expect(JSON.parse(JSON.stringify(message))).toEqual(message);
});

it('keeps the limit of both transports with random cards, and the controls in the first message', () => {
  const random = seeded(11);
  for (let round = 0; round < 60; round++) {
    const card = anyCard(random, round % 5 === 0 ? 60_000 : 3_000);
    for (const payload of renderBotMessages(card)) {
      expect(byteLength(JSON.stringify(payload))).toBeLessThanOrEqual(MAX_BOT_MESSAGE_BYTES);
      expect(byteLength(toTemplate(payload).msgParam)).toBeLessThanOrEqual(MAX_PARAM_BYTES);
    }
  }
  const long: Card = { ...RICH, quote: '硬件已降级，请尽快处理。\n'.repeat(1_500) };
  const [first, ...others] = renderBotMessages(long).map((payload) => JSON.stringify(payload));
  expect(others.length).toBeGreaterThan(2);
  expect(first).toContain(LINK);
  for (const other of others) expect(other).not.toContain(LINK);
});

it('withoutMentions() names the mentioned people in the text', () => {
  const card = withoutMentions({ ...RICH, mentions: [{ id: '0147', name: '李雷' }, { everyone: true }] });
  expect(card).toEqual({ ...RICH, facts: [...(RICH.facts ?? []), { label: '', value: '@李雷 @all' }] });
  expect(withoutMentions(RICH)).toEqual(RICH);
});

it.each([
  [{ msgtype: 'text', text: { content: '你好' } }, 'sampleText', { content: '你好' }],
  [
    { msgtype: 'markdown', markdown: { title: 't', text: 'x' }, at: { isAtAll: true } },
    'sampleMarkdown',
    { title: 't', text: 'x' },
  ],
  [
    { msgtype: 'actionCard', actionCard: { title: 't', text: 'x', singleTitle: 'a', singleURL: 'https://a.example' } },
    'sampleActionCard',
    { title: 't', text: 'x', singleTitle: 'a', singleURL: 'https://a.example' },
  ],
  [
    {
      msgtype: 'actionCard',
      actionCard: {
        title: 't',
        text: 'x',
        btnOrientation: '0',
        btns: [1, 2].map((at) => ({ title: `a${at}`, actionURL: `u${at}` })),
      },
    },
    'sampleActionCard2',
    { title: 't', text: 'x', actionTitle1: 'a1', actionURL1: 'u1', actionTitle2: 'a2', actionURL2: 'u2' },
  ],
])('says %j to the OpenAPI as %s', (payload, msgKey, param) => {
  const template = toTemplate(payload);
  expect([template.msgKey, JSON.parse(template.msgParam)]).toEqual([msgKey, param]);
});
