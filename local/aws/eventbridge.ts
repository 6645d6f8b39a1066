import { openBuses } from './eventbridge/bus';
import { busOperations } from './eventbridge/bus-operations';
import { openDelivery } from './eventbridge/delivery';
import { type BusEvent, type EventInput, envelope } from './eventbridge/event';
import { type Organization, openPermits } from './eventbridge/permission';
import { putEvents } from './eventbridge/put-events';
import { ruleOperations } from './eventbridge/rules';
import { openSender } from './eventbridge/send';
import { targetOperations } from './eventbridge/targets';
import { type EmulatorContext, startJsonService } from './json-service';
import type { Listener } from './listener';

export interface EventBridge extends Listener {
  /**
   * An AWS service says that something has happened: the event reaches the default bus of its own account and Region.
   * Another process does the same with PutEvents under the access key `AWSSERVICE`.
   */
  emit(happening: EventInput): BusEvent;
  /** Resolves when every event so far has reached its targets, or was given up. */
  idle(): Promise<void>;
}

/**
 * EventBridge's rules, targets, PutEvents, and who may send to the bus of another account. Targets are topics, queues and other
 * event buses. Not here: schedules and archives.
 * @param messaging where SQS and SNS are answered
 * @param organization that accounts of this machine belong to; none if absent
 */
export async function startEventBridge(
  surroundings: EmulatorContext,
  region: string,
  messaging: string,
  organization?: Organization,
): Promise<EventBridge> {
  const { account, now, log } = surroundings;
  const buses = openBuses();
  const sender = openSender(messaging, region);
  const permits = openPermits(organization);
  const delivery = openDelivery(buses, sender, permits, log);

  const operations = {
    ...busOperations(buses),
    ...ruleOperations(buses),
    ...targetOperations(buses),
    PutEvents: putEvents(buses, now, permits, delivery.deliver),
  };
  const service = { name: 'events', target: 'AWSEvents', version: '1.1', operations } as const;
  const listener = await startJsonService(service, surroundings);

  return {
    url: listener.url,
    idle: delivery.idle,
    emit(happening) {
      const event = envelope(happening, account, region, now());
      const bus = buses.find('default', event);
      if (bus) delivery.deliver(event, bus);
      return event;
    },
    async close() {
      await listener.close();
      await delivery.idle();
      sender.close();
    },
  };
}
