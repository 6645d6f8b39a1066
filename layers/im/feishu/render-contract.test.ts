import { valueAt } from '../json';
import { ENTITY_ESCAPE, readMarkdown, renderContract } from '../render.contract';
import { WEBHOOK_PLATFORMS } from '../webhook-platforms';

for (const platform of WEBHOOK_PLATFORMS.filter(({ name }) => name === 'feishu')) {
  renderContract(platform, {
    readBody: (payload) =>
      readMarkdown(String(Object(valueAt(payload, 'card', 'body', 'elements'))[0]?.content), ENTITY_ESCAPE),
    plainPayload: (text) => ({ msg_type: 'text', content: { text } }),
    mention: /"markdown","content":"[^"]*<at/,
    plainMention: /<\s*\/?\s*at\b/i,
  });
}
