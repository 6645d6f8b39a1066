import { textAt } from '../json';
import { NO_ESCAPE, readMarkdown, renderContract } from '../render.contract';
import { CALLING, RICH } from '../rich-card.fixture';
import { render, renderPlain } from './render';
import { wecomWebhook } from './webhook';

it('renders everything that a card contains', () => {
  expect(render(RICH)).toEqual([
    {
      msgtype: 'markdown',
      markdown: {
        content:
          '### 🔴 i-0abc stopped\n**Now**: `i-0abc` stopped.\n• see the [runbook](https://wiki.example/ec2)\n**账号**: 123456789012\n**Bucket**: s3://my_bucket/*\n> Hardware *degraded*.\n>   See [https://aws.example/a_b](https://aws.example/a_b).\n> ＜!channel> @all\nClose: close 42\n[Console](https://console.example/?a=1&b=2)',
      },
    },
  ]);
});

it('mentions the people it can, and names the others', () => {
  expect(render(CALLING)).toEqual([
    {
      msgtype: 'markdown',
      markdown: { content: '### 🔵 t\n[Console](https://console.example/)\n<@U0ABC> @13800000000 @all @not ＜an> id' },
    },
    { msgtype: 'text', text: { content: '🔵 t', mentioned_list: ['@all'], mentioned_mobile_list: ['13800000000'] } },
  ]);
});

it('renders plain text that mentions no one', () => {
  expect(renderPlain('*a* <b> [c](https://d.example) @all\n<at user_id="all">e</at>')).toEqual({
    msgtype: 'text',
    text: { content: '*a* ＜b> [c](https://d.example) @all\n＜at user_id="all">e＜/at>' },
  });
});

renderContract(wecomWebhook, {
  readBody(payload) {
    const text = textAt(payload, 'markdown', 'content');
    const body = readMarkdown(text.slice(text.indexOf('\n') + 1), NO_ESCAPE);
    return body.replaceAll('＜', '<').replaceAll('ˋ', '`');
  },
  plainPayload: (content) => ({ msgtype: 'text', text: { content } }),
  mention: /<@|mentioned_/,
  plainMention: /<|mentioned_/,
});
