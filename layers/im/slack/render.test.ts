import { messageError } from '../../../local/chat/slack/block-kit';
import type { Payload } from '../channel';
import { renderContract, unescapeSign } from '../render.contract';
import { CALLING, RICH } from '../rich-card.fixture';
import { render, renderPlain } from './render';
import { slackWebhook } from './webhook';

it('renders everything that a card contains', () => {
  expect(render(RICH)).toEqual([
    {
      text: '🔴 i-0abc stopped',
      blocks: [{ type: 'header', text: { type: 'plain_text', text: 'i-0abc stopped', emoji: false } }],
      attachments: [
        {
          color: '#d00000',
          blocks: [
            {
              type: 'section',
              text: {
                type: 'mrkdwn',
                text: '*Now*: `i-0abc` stopped.\n• see the <https://wiki.example/ec2|runbook>',
                verbatim: true,
              },
            },
            {
              type: 'section',
              fields: [
                { type: 'mrkdwn', text: '*账号*\n123456789012', verbatim: true },
                { type: 'mrkdwn', text: '*Bucket*\ns3://my_bucket/*', verbatim: true },
              ],
            },
            {
              type: 'section',
              text: {
                type: 'plain_text',
                text: 'Hardware *degraded*.\n  See https://aws.example/a_b.\n<!channel> @all',
                emoji: false,
              },
            },
            { type: 'section', text: { type: 'mrkdwn', text: 'Close: close 42', verbatim: true } },
            {
              type: 'actions',
              elements: [
                {
                  type: 'button',
                  text: { type: 'plain_text', text: 'Console', emoji: false },
                  url: 'https://console.example/?a=1&b=2',
                },
              ],
            },
          ],
        },
      ],
    },
  ]);
});

it('mentions the people it can, and names the others', () => {
  expect(render(CALLING)).toEqual([
    {
      text: '🔵 t',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 't', emoji: false } },
        { type: 'section', text: { type: 'mrkdwn', text: '<@U0ABC> @13800000000 <!channel> @not &lt;an&gt; id' } },
      ],
      attachments: [
        {
          color: '#1d70b8',
          blocks: [
            {
              type: 'actions',
              elements: [
                {
                  type: 'button',
                  text: { type: 'plain_text', text: 'Console', emoji: false },
                  url: 'https://console.example/',
                },
              ],
            },
          ],
        },
      ],
    },
  ]);
});

it('renders plain text that mentions no one', () => {
  expect(renderPlain('*a* <b> [c](https://d.example) @all\n<at user_id="all">e</at>')).toEqual({
    text: '*a* &lt;b&gt; [c](https://d.example) @all\n&lt;at user_id="all"&gt;e&lt;/at&gt;',
  });
});

renderContract(slackWebhook, {
  readBody: (payload) =>
    attachedBlocks(payload)
      .map(({ text }) => readText(Object(text)))
      .join(''),
  plainPayload: (text) => ({ text }),
  mention: /"mrkdwn","text":"[^"]*<[!@]|^\{"text":"[^"]*<[!@]/,
  plainMention: /[<>]/,
  expectValid: (payload) => expect(messageError(payload)).toBeUndefined(),
});

function attachedBlocks(payload: Payload): Payload[] {
  return Object(payload.attachments)[0]?.blocks ?? [];
}

function readText({ type, text = '' }: { type?: string; text?: string }): string {
  if (type === 'plain_text') return text;
  const withoutLinks = text.replace(/<(https?:[^|>]*)(?:\|([^>]*))?>/g, (_, url, label) => label ?? url);
  return withoutLinks.replace(/&(?:amp|lt|gt);/g, unescapeSign);
}
