import { messageError } from '../../../local/chat/slack/block-kit';
import type { Payload } from '../channel';
import { renderContract, unescapeSign } from '../render.contract';
import { CALLING, RICH } from '../rich-card.fixture';
import { render, renderPlain } from './render';
import { slackWebhook } from './webhook';

const header = (text: string) => ({ type: 'header', text: { type: 'plain_text', text, emoji: false } });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } });
const linkButton = (url: string) => {
  const text = { type: 'plain_text', text: 'Console', emoji: false };
  return { type: 'actions', elements: [{ type: 'button', text, url }] };
};

it('renders everything that a card contains', () => {
  const fields = ['*账号*\n123456789012', '*Bucket*\ns3://my_bucket/*'];
  const quote = 'Hardware *degraded*.\n  See https://aws.example/a_b.\n<!channel> @all';
  const body = [
    section('*Now*: `i-0abc` stopped.\n• see the <https://wiki.example/ec2|runbook>'),
    { type: 'section', fields: fields.map((text) => ({ type: 'mrkdwn', text, verbatim: true })) },
    { type: 'section', text: { type: 'plain_text', text: quote, emoji: false } },
    section('Close: close 42'),
    linkButton('https://console.example/?a=1&b=2'),
  ];
  const attachments = [{ color: '#d00000', blocks: body }];
  expect(render(RICH)).toEqual([{ text: '🔴 i-0abc stopped', blocks: [header('i-0abc stopped')], attachments }]);
});

it('mentions the people it can, and names the others', () => {
  const mentions = { type: 'mrkdwn', text: '<@U0ABC> @13800000000 <!channel> @not &lt;an&gt; id' };
  const attachments = [{ color: '#1d70b8', blocks: [linkButton('https://console.example/')] }];
  const blocks = [header('t'), { type: 'section', text: mentions }];
  expect(render(CALLING)).toEqual([{ text: '🔵 t', blocks, attachments }]);
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
