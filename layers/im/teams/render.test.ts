import type { Payload } from '../channel';
import { BACKSLASH_ESCAPE, readMarkdown, renderContract } from '../render.contract';
import { CALLING, RICH } from '../rich-card.fixture';
import { render, renderPlain } from './render';
import { teamsWebhook } from './webhook';

const contentOf = (payload: Payload | undefined) => Object(payload?.attachments)[0]?.content;
const textBlock = (text: string, more: object = {}) => ({ type: 'TextBlock', text, wrap: true, ...more });
const title = (text: string, color: string) => textBlock(text, { weight: 'Bolder', size: 'Medium', color });
const message = (content: object) => {
  const $schema = 'http://adaptivecards.io/schemas/adaptive-card.json';
  const card = { $schema, type: 'AdaptiveCard', version: '1.4', ...content };
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card };
  return { type: 'message', attachments: [attachment] };
};

it('renders everything that a card contains', () => {
  const quote =
    'Hardware \\*degraded\\*.\n\n\u00a0\u00a0See [https://aws.example/a_b](https://aws.example/a_b).\n\n\\<!channel> @all';
  const facts = [
    { title: '账号', value: '123456789012' },
    { title: 'Bucket', value: 's3://my_bucket/\\*' },
  ];
  const body = [
    title('i-0abc stopped', 'Attention'),
    textBlock('**Now**: i-0abc\u00a0stopped.\n\n• see the [runbook](https://wiki.example/ec2)'),
    { type: 'FactSet', facts },
    textBlock(quote, { separator: true }),
    textBlock('Close: close 42'),
  ];
  const actions = [{ type: 'Action.OpenUrl', title: 'Console', url: 'https://console.example/?a=1&b=2' }];
  expect(render(RICH)).toEqual([message({ msteams: { width: 'Full' }, body, actions })]);
});

it('mentions the people it can, and names the others', () => {
  const entities = [{ type: 'mention', text: '<at>Li</at>', mentioned: { id: 'U0ABC', name: 'Li' } }];
  const [card] = render(CALLING);
  expect(contentOf(card).msteams).toEqual({ width: 'Full', entities });
  expect(contentOf(card).body).toEqual([
    title('t', 'Accent'),
    textBlock('<at>Li</at> @13800000000 @all @not \\<an> id'),
  ]);
});

it('renders plain text as one block that mentions no one', () => {
  const text = '\\*a\\* \\<b> \\[c\\]([https://d.example](https://d.example)) @all\n\n\\<at user_id="all">e\\</at>';
  const plain = renderPlain('*a* <b> [c](https://d.example) @all\n<at user_id="all">e</at>');
  expect(plain).toEqual(message({ body: [textBlock(text)] }));
});

renderContract(teamsWebhook, {
  readBody: (payload) => readMarkdown(contentOf(payload).body[1]?.text ?? '', BACKSLASH_ESCAPE),
  plainPayload: (text) => ({ attachments: [{ content: { type: 'AdaptiveCard', body: [textBlock(text as string)] } }] }),
  mention: /"entities"/,
  plainMention: /"entities"|(?<!\\)<[A-Za-z!@/]/,
});
