import { valueAt } from '../json';
import { ENTITY_ESCAPE, readMarkdown, renderContract } from '../render.contract';
import { CALLING, RICH } from '../rich-card.fixture';
import { render, renderPlain } from './render';
import { feishuWebhook } from './webhook';

renderContract(feishuWebhook, {
  readBody: (payload) =>
    readMarkdown(String(Object(valueAt(payload, 'card', 'body', 'elements'))[0]?.content), ENTITY_ESCAPE),
  plainPayload: (text) => ({ msg_type: 'text', content: { text } }),
  mention: /"markdown","content":"[^"]*<at/,
  plainMention: /<\s*\/?\s*at\b/i,
});

it('renders everything that a card contains', () => {
  expect(render(RICH)).toEqual([
    {
      msg_type: 'interactive',
      card: {
        schema: '2.0',
        header: { title: { tag: 'plain_text', content: 'i-0abc stopped' }, template: 'red' },
        body: {
          elements: [
            { tag: 'markdown', content: '**Now**: `i-0abc` stopped.\n• see the [runbook](https://wiki.example/ec2)' },
            { tag: 'markdown', content: '**账号**: 123456789012\n**Bucket**: s3://my_bucket/&#42;' },
            {
              tag: 'markdown',
              content:
                '> Hardware &#42;degraded&#42;.\n>   See [https://aws.example/a_b](https://aws.example/a_b).\n> &#60;!channel&#62; @all',
            },
            { tag: 'markdown', content: 'Close: close 42' },
            {
              tag: 'button',
              text: { tag: 'plain_text', content: 'Console' },
              behaviors: [{ type: 'open_url', default_url: 'https://console.example/?a=1&b=2' }],
            },
          ],
        },
      },
    },
  ]);
});

it('mentions people where it can, and names the others', () => {
  expect(render(CALLING)).toEqual([
    {
      msg_type: 'interactive',
      card: {
        schema: '2.0',
        header: { title: { tag: 'plain_text', content: 't' }, template: 'blue' },
        body: {
          elements: [
            { tag: 'markdown', content: '<at id=U0ABC></at> @13800000000 <at id=all></at> @not &#60;an&#62; id' },
            {
              tag: 'button',
              text: { tag: 'plain_text', content: 'Console' },
              behaviors: [{ type: 'open_url', default_url: 'https://console.example/' }],
            },
          ],
        },
      },
    },
  ]);
});

it('renders a plain form without mentions', () => {
  expect(renderPlain('*a* <b> [c](https://d.example) @all\n<at user_id="all">e</at>')).toEqual({
    msg_type: 'text',
    content: { text: '*a* <b> [c]\u200b(https://d.example) @all\n＜at user_id="all">e＜/at>' },
  });
});
