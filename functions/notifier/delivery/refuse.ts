import type { DeliveryError } from '@casebell/im/webhooks';
import type { Message, Standing } from '../standing';
import { finish } from './finish';
import type { Destination, Office } from './office';
import { isPoison, paused, released } from './transitions';

/** The platform said no: for now, to this form of it, or for good. */
export async function refuse(
  rejection: DeliveryError,
  message: Message,
  standing: Standing,
  destination: Destination,
  office: Office,
): Promise<void> {
  const { outbox, clock, log, metrics } = office;
  const { id } = destination;
  const facts = { destination: id, messageId: message.id, events: message.keys.length, reason: rejection.message };
  const code = rejection.code || 'unknown';
  if (rejection.throttled) metrics.count('DeliveriesThrottled');
  const poison = isPoison(standing, message, rejection);
  if (rejection.retryable && !poison) {
    const stored = paused(standing, message, rejection, clock.now(), clock.random);
    metrics.count('MessagesDeferred', 1, { platform: rejection.platform, code });
    log.warn('message.not-yet', { ...facts, retryAt: new Date(stored.pausedUntil).toISOString() });
    await outbox.save(id, stored);
  } else if ((rejection.payloadRejected || poison) && message.form === 'card') {
    log.warn('message.plainer', facts);
    await outbox.save(id, released(standing, plainer(message)));
  } else {
    log.error('message.refused', facts);
    metrics.count('EventsRejected', message.keys.length, { platform: rejection.platform, code });
    await bury(rejection, message, destination, office);
    await finish(message, standing, destination, office, 'dead');
  }
}

/** What a digest says in others' words is what a platform may have taken offence at; its counts are our own. */
function plainer(message: Message): Message {
  const { quote: _, links: __, ...counts } = message.card;
  return { ...message, card: message.keys.length > 1 ? counts : message.card, form: 'plain', part: 0 };
}

/** To the dead-letter queue first: a crash here has the message refused, and buried, once more, and a redrive tells it once. */
async function bury(
  rejection: DeliveryError,
  message: Message,
  { id, channel }: Destination,
  { outbox, queues }: Office,
) {
  const entries = await outbox.entries(id, message.keys);
  const letter = { destination: id, platform: channel.platform, reason: rejection.message };
  await queues.bury(entries.map((entry) => ({ ...letter, entry })));
}
