import { DeliveryError } from '@casebell/im/webhooks';
import { describeError } from '../../shared/log';
import type { Incident } from '../outbox';
import type { Message, Standing } from '../standing';
import { take } from './bucket';
import { finish } from './finish';
import type { Destination, Office } from './office';
import { refuse } from './refuse';
import { arrived, begun, released } from './transitions';

/**
 * Sends one part of a message. That it is on its way is stored first, and at once after the platform's verdict, what that was:
 * only a process that dies between the two has somebody send it again, under the same idempotency key.
 * @param end when Lambda ends this process's invocation, in ms since 1970.
 */
export async function send(
  message: Message,
  incidents: ReadonlyMap<string, Incident> | undefined,
  before: Standing,
  destination: Destination,
  office: Office,
  end: number,
): Promise<void> {
  const { outbox, clock, metrics } = office;
  const { id, channel } = destination;
  const started = await outbox.save(id, begun(before, message, channel.rateLimits, clock.now(), end));
  if (!started) return;
  const verdict = await post(message, destination);
  // The platform counts from when it got the message, which was at some time before its answer.
  const standing = { ...started, buckets: take(before.buckets, channel.rateLimits, clock.now()) };
  metrics.count('MessagesSent');
  if (verdict instanceof DeliveryError) return refuse(verdict, message, standing, destination, office);
  if (verdict === 'more') {
    await outbox.save(id, released(standing, { ...message, part: message.part + 1 }));
    return;
  }
  const stored = await outbox.save(id, arrived(standing, message));
  if (stored) await finish(message, stored, destination, office, 'told', incidents);
}

/** A part of the message: the platform said no, or yes and there is more of it, or yes to the last. */
async function post(message: Message, { channel }: Destination): Promise<DeliveryError | 'more' | 'all'> {
  try {
    const parts = channel.compose(message.card, message.form);
    const part = parts[message.part];
    if (part) await channel.post(part, onceOf(message));
    return message.part + 1 < parts.length ? 'more' : 'all';
  } catch (error) {
    if (error instanceof DeliveryError) return error;
    // What cannot even be drawn may still be said plainly.
    return new DeliveryError(channel.platform, {
      reason: describeError(error),
      retryable: false,
      payloadRejected: true,
    });
  }
}

/** Every part, the plain form, and what was refused before, is a message of its own to the platform. */
const onceOf = ({ id, part, form, refusals }: Message): string => `${id}-${form}-${part + 1}-${refusals}`;
