import { textAt } from '../json';
import { BACKSLASH_ESCAPE, readMarkdown, renderContract } from '../render.contract';
import { WEBHOOK_PLATFORMS } from '../webhook-platforms';

for (const platform of WEBHOOK_PLATFORMS.filter(({ name }) => name === 'dingtalk')) {
  renderContract(platform, {
    readBody(payload) {
      const text = textAt(payload, 'markdown', 'text');
      return readMarkdown(text.slice(text.indexOf('\n\n') + 2), BACKSLASH_ESCAPE);
    },
    plainPayload: (content) => ({ msgtype: 'text', text: { content } }),
    mention: /"isAtAll":true|"atMobiles":\["|"atUserIds":\["/,
    plainMention: /"at":|"isAtAll"|"atMobiles"|"atUserIds"/,
    mentionsInText: false,
  });
}
