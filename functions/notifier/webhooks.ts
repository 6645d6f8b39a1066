import type { Webhook } from '@casebell/im/webhooks';
import { isLoose, textOf } from './shapes/shape';

const SEPARATORS = /[\s,;]+/;

/**
 * The webhooks in the stack's secret: `{ "url": "...", "secret": "..." }`, or just the url as text. Several urls are separated by
 * spaces or commas; their signing secrets stand in the same order, `-` where a webhook has none.
 * Throws a sentence that never repeats the secret's content.
 */
export function webhooksOf(secretString: string, keyword: string): Webhook[] {
  const stored = parse(secretString);
  const urls = words(stored.url);
  const secrets = words(stored.secret);
  if (urls.length === 0) throw new Error('The webhook secret holds no url. Set the WebhookUrl parameter of the stack.');
  if (secrets.length > urls.length) {
    throw new Error(
      `There are ${secrets.length} signing secrets for ${urls.length} webhook urls. Give one for each url, in the same order, "-" for none.`,
    );
  }
  return urls.map((url, index) => ({ url, secret: present(secrets[index]), keyword: present(keyword) }));
}

const words = (text: string): string[] => text.split(SEPARATORS).filter(Boolean);
const present = (text: string | undefined): string | undefined => (text && text !== '-' ? text : undefined);

function parse(secretString: string): { url: string; secret: string } {
  if (!secretString.trim().startsWith('{')) return { url: secretString, secret: '' };
  const stored = readObject(secretString);
  if (!isLoose(stored))
    throw new Error('The webhook secret is not readable: it must be {"url": "...", "secret": "..."} or the url alone.');
  return { url: textOf(stored, 'url'), secret: textOf(stored, 'secret') };
}

/** JSON.parse would put the text, and with it the token, into its error. */
function readObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
