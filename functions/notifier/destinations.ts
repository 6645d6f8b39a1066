import { type Channel, DeliveryError, openChannel, type Runtime, type Webhook } from '@casebell/im/webhooks';
import { describeError } from '../shared/log';
import type { Destination } from './delivery/office';
import { fingerprint } from './shapes/shape';

/** The teams behind some webhooks; one that was entered twice is one. @param quota messages a month for each; 0 means its share of what the platform's free plan includes. @param caseBots the platforms on which the case bot lives */
export function destinationsOf(
  webhooks: readonly Webhook[],
  quota: number,
  runtime: Runtime,
  caseBots: readonly string[] = [],
): Destination[] {
  const destinations = webhooks.map((webhook) => {
    const channel = openOrRefuse(webhook, runtime);
    return { id: idOf(webhook, channel), channel };
  });
  const unique = destinations.filter(({ id }, index) => destinations.findIndex((one) => one.id === id) === index);
  return unique.map((one) => ({
    ...one,
    quota: quota || shareOf(one.channel, unique),
    hasCaseBot: caseBots.includes(one.channel.platform),
  }));
}

/** A platform's quota is that of an organisation: all of its robots share it. */
function shareOf({ platform, monthlyQuota }: Channel, all: readonly { channel: Channel }[]): number | undefined {
  const sharers = all.filter(({ channel }) => channel.platform === platform).length;
  return monthlyQuota && Math.floor(monthlyQuota / sharers);
}

/** A team whose webhook is not in the stack any more: what waits for it goes to the dead letters. */
export const removed = (id: string): Destination => ({
  id,
  channel: refusing(
    'removed',
    'its webhook url was taken out of the stack; redrive the dead letters to tell the others',
  ),
  quota: undefined,
});

/** The token in a webhook's url is too long to be guessed from this. */
const idOf = ({ url }: Webhook, { platform }: Channel): string => `${platform}-${fingerprint(url).slice(0, 12)}`;

/** One wrong url among several must not silence the others: its channel refuses what it is given. */
function openOrRefuse(webhook: Webhook, runtime: Runtime): Channel {
  try {
    return openChannel(webhook, runtime);
  } catch (error) {
    return refusing('unknown', describeError(error));
  }
}

const refusing = (platform: string, reason: string): Channel => ({
  platform,
  rateLimits: [],
  compose: () => [{}],
  post: () => Promise.reject(new DeliveryError(platform, { reason, code: platform, retryable: false })),
});
