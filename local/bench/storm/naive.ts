import { type Channel, createRuntime, openChannel } from '@casebell/im/webhooks';
import { format } from '../../../functions/notifier/formatters';
import type { AwsEvent } from '../../../plugins/formatter';
import { ROOMS } from '../../chat/rooms';
import { startChats } from '../../chat/chats';
import { openClock } from '../../clock';
import { openLimit } from '../../lambda/limit';
import { openWorkshop } from '../../preview/workshop';
import { type Road, TOLD } from './road';

/** Messages on their way to one webhook at a time. */
const AT_ONCE = 10;

/**
 * What a notifier does without any of this: every event is one message to every webhook, as soon as it comes. The same cards and
 * the same rooms; no queue, no Lambda, no pace, no second try.
 */
export async function openNaive(): Promise<Road> {
  const clock = openClock();
  const workshop = await openWorkshop({ language: 'en', timeZone: 'UTC', plugins: [] });
  const setups = ROOMS.filter(({ platform }) => TOLD.includes(platform));
  const chats = await startChats({ rooms: setups, now: clock.now });
  const outside = { ...createRuntime(chats.url), now: clock.now };
  const roads = setups.map((setup) => ({ channel: openChannel(setup, outside), limit: openLimit(AT_ONCE) }));
  const underWay = new Set<Promise<unknown>>();

  function send(event: AwsEvent): Promise<unknown> {
    const card = format(event, workshop.formatters, workshop.locale, workshop.log)?.card;
    const tellAll = roads.map(({ channel, limit }) => limit(async () => card && tell(channel, card)));
    // A message that was refused is lost: nobody tries again.
    const told = Promise.allSettled(tellAll).finally(() => underWay.delete(told));
    underWay.add(told);
    return told;
  }

  return {
    rooms: chats.rooms,
    clock,
    onMessage: chats.onMessage,
    send,
    emit: (event) => void send(event),
    idle: async () => void (await Promise.all(underWay)),
    triesAgain: false,
    kept: async () => undefined,
    close: chats.close,
  };
}

async function tell(channel: Channel, card: Parameters<Channel['compose']>[0]): Promise<void> {
  for (const payload of channel.compose(card)) await channel.post(payload);
}
