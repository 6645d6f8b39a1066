import { optionalRecord, optionalText } from '../input';
import type { EmulatorContext } from '../json-service';
import { ServiceError } from '../service-error';
import type { Bus, Buses, Rule, Target } from './bus';
import type { BusEvent } from './event';
import type { Permits } from './permission';
import type { Sender } from './send';
import { messageOf } from './targets';

/** EventBridge retries for a day; three tries, this many milliseconds apart, are enough on one machine. */
const PAUSES = [50, 200];

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** Brings events to the targets of the rules they match, in the background. */
export interface Delivery {
  deliver(event: BusEvent, bus: Bus): void;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
}

/**
 * A delivery that fails three times goes to the target's dead-letter queue, where it has one, and to the log. An event
 * goes from bus to bus once only: EventBridge does not forward it a second time.
 */
export function openDelivery(buses: Buses, sender: Sender, permits: Permits, log: EmulatorContext['log']): Delivery {
  const underWay = new Set<Promise<void>>();

  async function attempt(target: Target, message: string): Promise<void> {
    for (const milliseconds of PAUSES) {
      try {
        return await sender.send(target, message);
      } catch {
        await pause(milliseconds);
      }
    }
    await sender.send(target, message);
  }

  async function giveUp(error: unknown, event: BusEvent, rule: Rule, target: Target): Promise<void> {
    log(`eventbridge: gave up bringing an event of rule ${rule.name} to ${target.arn}: ${reasonOf(error)}`);
    const arn = optionalText(optionalRecord(target.settings, 'DeadLetterConfig') ?? {}, 'Arn');
    if (arn) await sender.send({ ...target, arn }, JSON.stringify(event));
  }

  async function bring(event: BusEvent, rule: Rule, target: Target): Promise<void> {
    try {
      await attempt(target, messageOf(target)(event, rule));
    } catch (error) {
      await giveUp(error, event, rule, target);
    }
  }

  function track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => log(`eventbridge: an event is lost: ${reasonOf(error)}`))
      .finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  }

  /** In the name of the rule's account; only with a role of it is that known to be an organization's ("Permissions for event buses"). */
  function forward(event: BusEvent, rule: Rule, target: Target): void {
    const bus = buses.find(target.arn, event);
    const [, , , , account = ''] = rule.arn.split(':');
    const hasRole = optionalText(target.settings, 'RoleArn') !== undefined;
    if (bus && permits(bus, account, hasRole)) toBus(event, bus, true);
    else track(giveUp(new ServiceError('NO_PERMISSIONS', `${account} may not send to it.`), event, rule, target));
  }

  function toTarget(event: BusEvent, rule: Rule, target: Target, forwarded: boolean): void {
    if (!target.arn.includes(':event-bus/')) track(bring(event, rule, target));
    else if (!forwarded) forward(event, rule, target);
  }

  function toBus(event: BusEvent, bus: Bus, forwarded: boolean): void {
    for (const rule of bus.rules.values()) {
      if (!rule.enabled || !rule.matches(event)) continue;
      for (const target of rule.targets.values()) toTarget(event, rule, target, forwarded);
    }
  }

  return {
    deliver: (event, bus) => toBus(event, bus, false),
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
