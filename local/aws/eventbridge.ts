import { createBuses } from './eventbridge/buses';
import { createDelivery } from './eventbridge/delivery';
import { type BusEvent, type EventInput, toEvent } from './eventbridge/event';
import { createAuthorizer, createPutPermission, type Organization } from './eventbridge/permissions';
import { createPutEvents } from './eventbridge/put-events';
import { createRuleOperations } from './eventbridge/rules';
import { type EmulatorContext, startJsonService } from './json-service';
import type { Listener } from './listener';

export interface EventBridge extends Listener {
  /**
   * Puts an AWS service's event on the default bus of the event's account and Region. Another process does the same with
   * PutEvents and the access key `AWSSERVICE`.
   */
  emit(event: EventInput): BusEvent;
  /** Resolves when every event so far has been delivered to its targets or given up. */
  idle(): Promise<void>;
}

/**
 * EventBridge: PutRule, PutTargets, PutEvents and PutPermission on the default bus of every account and Region. Targets are topics,
 * queues and the buses of other accounts. Not emulated: custom buses, schedules, archives.
 * @param messagingUrl of SQS and SNS
 * @param organization that accounts of this machine belong to, if any
 */
export async function startEventBridge(
  context: EmulatorContext,
  region: string,
  messagingUrl: string,
  organization?: Organization,
): Promise<EventBridge> {
  const { account, now, log } = context;
  const buses = createBuses();
  const isAuthorized = createAuthorizer(organization);
  const delivery = createDelivery({ buses, isAuthorized, log, messagingUrl, region });

  const operations = {
    ...createRuleOperations(buses),
    PutPermission: createPutPermission(buses),
    PutEvents: createPutEvents({ buses, now, isAuthorized, deliver: delivery.deliver }),
  };
  const service = { name: 'events', target: 'AWSEvents', version: '1.1', operations } as const;
  const listener = await startJsonService(service, context);

  return {
    url: listener.url,
    idle: delivery.idle,
    emit(input) {
      const event = toEvent(input, { account, region }, now());
      delivery.deliver(event, buses.defaultBus(event));
      return event;
    },
    async close() {
      await listener.close();
      await delivery.idle();
      delivery.close();
    },
  };
}
