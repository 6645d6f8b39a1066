import { textAt } from '../json';
import { BACKSLASH_ESCAPE, readMarkdown, renderContract } from '../render.contract';
import { CALLING, RICH } from '../rich-card.fixture';
import { render, renderPlain } from './render';
import { dingtalkWebhook } from './webhook';

renderContract(dingtalkWebhook, {
  readBody(payload) {
    const text = textAt(payload, 'markdown', 'text');
    return readMarkdown(text.slice(text.indexOf('\n\n') + 2), BACKSLASH_ESCAPE);
  },
  plainPayload: (content) => ({ msgtype: 'text', text: { content } }),
  mention: /"isAtAll":true|"atMobiles":\["|"atUserIds":\["/,
  plainMention: /"at":|"isAtAll"|"atMobiles"|"atUserIds"/,
  mentionsInText: false,
});

it('renders everything that a card contains', () => {
  expect(render(RICH)).toEqual([
    {
      msgtype: 'actionCard',
      actionCard: {
        title: '🔴 i-0abc stopped',
        text: '#### 🔴 i-0abc stopped\n\n**Now**: `i-0abc` stopped.  \n• see the [runbook](https://wiki.example/ec2)\n\n**账号**: 123456789012  \n**Bucket**: s3://my_bucket/\\*\n\n> Hardware \\*degraded\\*.  \n>   See [https://aws.example/a_b](https://aws.example/a_b).  \n> &lt;!channel> @all\n\nClose: close 42',
        singleTitle: 'Console',
        singleURL: 'https://console.example/?a=1&b=2',
      },
    },
  ]);
});

it('mentions people where it can, and names the others', () => {
  expect(render(CALLING)).toEqual([
    {
      msgtype: 'markdown',
      markdown: {
        title: '🔵 t',
        text: '#### 🔵 t\n\n[Console](https://console.example/)\n\n@U0ABC @13800000000 @all @not &lt;an> id',
      },
      at: { atMobiles: ['13800000000'], atUserIds: ['U0ABC'], isAtAll: true },
    },
  ]);
});

it('renders a plain form without mentions', () => {
  expect(renderPlain('*a* <b> [c](https://d.example) @all\n<at user_id="all">e</at>')).toEqual({
    msgtype: 'text',
    text: { content: '*a* <b> [c](https://d.example) @all\n<at user_id="all">e</at>' },
  });
});
