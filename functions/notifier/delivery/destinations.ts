import { type Channel, DeliveryError, openChannel, type Runtime, type Webhook } from '@casebell/im/webhooks';
import { describeError } from '../../shared/log';
import { fieldText, fingerprint, isObject } from '../ingest/json';
import type { Destination } from './deps';

interface Options {
  /** Messages a month for each destination; 0 for its share of what the platform's free plan includes. */
  monthlyMessages: number;
  /** Platforms that have the stack's case bot. */
  caseBotPlatforms?: readonly string[];
}

/** The destinations behind some webhooks. A webhook that was entered twice is one destination. */
export function createDestinations(
  webhooks: readonly Webhook[],
  { monthlyMessages, caseBotPlatforms = [] }: Options,
  runtime: Runtime,
): Destination[] {
  const opened = webhooks.map((webhook) => {
    const channel = openOrReject(webhook, runtime);
    return { id: idOf(webhook, channel), channel };
  });
  const unique = opened.filter(({ id }, index) => opened.findIndex((one) => one.id === id) === index);
  return unique.map(({ id, channel }) => ({
    id,
    channel,
    quota: monthlyMessages || shareOfQuota(channel, unique),
    hasCaseBot: caseBotPlatforms.includes(channel.platform),
  }));
}

/** A platform's quota is that of an organisation: all of its robots share it. */
function shareOfQuota({ platform, monthlyQuota }: Channel, all: readonly { channel: Channel }[]): number | undefined {
  const sharers = all.filter(({ channel }) => channel.platform === platform).length;
  return monthlyQuota && Math.floor(monthlyQuota / sharers);
}

/** A destination whose webhook was removed from the stack: its pending entries become dead letters. */
export const removedDestination = (id: string): Destination => ({
  id,
  channel: rejectingChannel(
    'removed',
    'its webhook url was removed from the stack; redrive the dead letters to deliver them to the other webhooks',
  ),
  quota: undefined,
});

/** The token in a webhook's url is too long to be guessed from this. */
const idOf = ({ url }: Webhook, { platform }: Channel): string => `${platform}-${fingerprint(url).slice(0, 12)}`;

/** One wrong url among several must not stop the others: its channel rejects every message. */
function openOrReject(webhook: Webhook, runtime: Runtime): Channel {
  try {
    return openChannel(webhook, runtime);
  } catch (error) {
    return rejectingChannel('unknown', describeError(error));
  }
}

const rejectingChannel = (platform: string, reason: string): Channel => ({
  platform,
  rateLimits: [],
  compose: () => [{}],
  post: () => Promise.reject(new DeliveryError(platform, { reason, code: platform, retryable: false })),
});

/**
 * The webhooks in the stack's secret: `{ "url": "...", "secret": "..." }`, or the url as text. Several urls are separated by spaces or
 * commas; their signing secrets have the same order, `-` for a webhook that has none. Errors never hold the secret's content.
 */
export function parseWebhooks(secretString: string, keyword: string): Webhook[] {
  const stored = parseSecret(secretString);
  const urls = toItems(stored.url);
  const secrets = toItems(stored.secret);
  if (urls.length === 0) throw new Error('The webhook secret holds no url. Set the WebhookUrl parameter of the stack.');
  if (secrets.length > urls.length) {
    throw new Error(
      `There are ${secrets.length} signing secrets for ${urls.length} webhook urls. Give one for each url, in the same order, "-" for none.`,
    );
  }
  return urls.map((url, index) => ({ url, secret: present(secrets[index]), keyword: present(keyword) }));
}

const toItems = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);
const present = (text: string | undefined): string | undefined => (text && text !== '-' ? text : undefined);

function parseSecret(secretString: string): { url: string; secret: string } {
  if (!secretString.trim().startsWith('{')) return { url: secretString, secret: '' };
  const stored = parseJson(secretString);
  if (!isObject(stored))
    throw new Error('The webhook secret is not readable: it must be {"url": "...", "secret": "..."} or the url alone.');
  return { url: fieldText(stored, 'url'), secret: fieldText(stored, 'secret') };
}

/** JSON.parse puts the text, and with it the token, into its error. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
