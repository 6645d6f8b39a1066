import { everyObject, type Json, objectsAt, textAt } from '../json';

const CARD = 'application/vnd.microsoft.card.adaptive';
/** The limit the flow's error names: 28 KB. */
const MOST_BYTES = 28 * 1024;

/** Why the flow posts nothing, as its run history would say; undefined when it posts. */
export function objectionTo(payload: Json | undefined): string | undefined {
  if (payload?.type !== 'message') return "The body is no message: 'type' must be 'message'.";
  const attachments = objectsAt(payload, 'attachments');
  if (attachments.length === 0) return "The message has no 'attachments'.";
  for (const attachment of attachments) {
    const objection = objectionToCard(attachment);
    if (objection) return objection;
  }
  const bytes = wrappedBytes(payload);
  return bytes > MOST_BYTES ? `Request Entity Too Large: ${bytes} bytes, at most ${MOST_BYTES}.` : undefined;
}

function objectionToCard({ contentType, content }: Json): string | undefined {
  if (contentType !== CARD) return `An attachment's 'contentType' must be '${CARD}'.`;
  if (textAt(content, 'type') !== 'AdaptiveCard') return "An attachment's 'content' must be an 'AdaptiveCard'.";
  if (!/^1\.\d+$/.test(textAt(content, 'version'))) return "The Adaptive Card has no 'version'.";
  const parts = everyObject(content);
  if (parts.some((part) => part.type === 'TextBlock' && typeof part.text !== 'string'))
    return "A TextBlock has no 'text'.";
  const open = parts.find((part) => part.type === 'Action.OpenUrl' && !/^https?:\/\//.test(textAt(part, 'url')));
  return open ? "An Action.OpenUrl has no absolute 'url'." : undefined;
}

/**
 * The flow sends the card on as text inside a message of its own, and that is what is measured: a request of 24,453
 * bytes was refused as 28,897 (MicrosoftDocs/msteams-docs#11274). Quoting every quote once more comes close to it.
 */
function wrappedBytes(payload: Json): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(payload)));
}
