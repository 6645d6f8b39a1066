import type { Payload } from '../channel';
import { BACKSLASH_ESCAPE, readMarkdown, renderContract } from '../render.contract';
import { CALLING, RICH } from '../rich-card.fixture';
import { render, renderPlain } from './render';
import { teamsWebhook } from './webhook';

it('renders everything that a card contains', () => {
  expect(render(RICH)).toEqual([
    {
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.4',
            msteams: { width: 'Full' },
            body: [
              {
                type: 'TextBlock',
                text: 'i-0abc stopped',
                wrap: true,
                weight: 'Bolder',
                size: 'Medium',
                color: 'Attention',
              },
              {
                type: 'TextBlock',
                text: '**Now**: i-0abc stopped.\n\n• see the [runbook](https://wiki.example/ec2)',
                wrap: true,
              },
              {
                type: 'FactSet',
                facts: [
                  { title: '账号', value: '123456789012' },
                  { title: 'Bucket', value: 's3://my_bucket/\\*' },
                ],
              },
              {
                type: 'TextBlock',
                text: 'Hardware \\*degraded\\*.\n\n  See [https://aws.example/a_b](https://aws.example/a_b).\n\n\\<!channel> @all',
                wrap: true,
                separator: true,
              },
              { type: 'TextBlock', text: 'Close: close 42', wrap: true },
            ],
            actions: [{ type: 'Action.OpenUrl', title: 'Console', url: 'https://console.example/?a=1&b=2' }],
          },
        },
      ],
    },
  ]);
});

it('mentions the people it can, and names the others', () => {
  expect(render(CALLING)).toEqual([
    {
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.4',
            msteams: {
              width: 'Full',
              entities: [{ type: 'mention', text: '<at>Li</at>', mentioned: { id: 'U0ABC', name: 'Li' } }],
            },
            body: [
              { type: 'TextBlock', text: 't', wrap: true, weight: 'Bolder', size: 'Medium', color: 'Accent' },
              { type: 'TextBlock', text: '<at>Li</at> @13800000000 @all @not \\<an> id', wrap: true },
            ],
            actions: [{ type: 'Action.OpenUrl', title: 'Console', url: 'https://console.example/' }],
          },
        },
      ],
    },
  ]);
});

it('renders plain text as one block that mentions no one', () => {
  const text = '\\*a\\* \\<b> \\[c\\]([https://d.example](https://d.example)) @all\n\n\\<at user_id="all">e\\</at>';
  expect(renderPlain('*a* <b> [c](https://d.example) @all\n<at user_id="all">e</at>')).toEqual({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [{ type: 'TextBlock', text, wrap: true }],
        },
      },
    ],
  });
});

const bodyOf = (payload: Payload) => Object(payload.attachments)[0]?.content.body;

renderContract(teamsWebhook, {
  readBody: (payload) => readMarkdown(bodyOf(payload)[1]?.text ?? '', BACKSLASH_ESCAPE),
  plainPayload: (text) => ({
    type: 'message',
    attachments: [{ content: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text, wrap: true }] } }],
  }),
  mention: /"entities"/,
  plainMention: /"entities"|(?<!\\)<[A-Za-z!@/]/,
});
