import { randomUUID } from 'node:crypto';
import { openSchedule } from '../../lambda/schedule';
import { arnOf, type StackContext } from '../context';
import type { Properties } from '../values';
import { TemplateError } from '../values';
import type { Connect } from './event-source';

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Event type Schedule: an EventBridge rule with the function as target (SAM Developer Guide, "Schedule"). */
export const connectSchedule: Connect = async (name, properties, deployed, context) => {
  properties.rejectUnknown([
    'Schedule',
    'Name',
    'Enabled',
    'State',
    'Input',
    'Description',
    'RetryPolicy',
    'DeadLetterConfig',
  ]);
  const interval = intervalOf(properties.requiredText('Schedule'));
  const input = inputOf(properties);
  if (properties.flag('Enabled') === false || properties.text('State') === 'DISABLED') return;
  const rule = arnOf('events', `rule/${properties.text('Name') ?? `${deployed.code.name}${name}`}`, context);
  const call = async (time: number): Promise<void> => {
    const failed = (error: unknown): void => deployed.log(`${name} failed: ${error}`);
    await deployed.code.invoke(input ?? scheduledEvent(rule, time, context)).catch(failed);
  };
  context.sources.push({ start: () => openSchedule(interval, context.clock, call) });
};

/** Milliseconds of `rate(1 minute)`, `rate(5 minutes)`; as in EventBridge, only 1 takes the singular. */
function intervalOf(expression: string): number {
  const [, count = '', unit = '', plural] = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const isValid = Number(count) > 0 && (count === '1') === (plural === '');
  if (!isValid) throw new TemplateError(`Schedule: ${expression} is not supported by the local stack: give a rate.`);
  return Number(count) * (UNITS[unit] ?? 0);
}

function inputOf(properties: Properties): unknown {
  const input = properties.text('Input');
  try {
    return input === undefined ? undefined : JSON.parse(input);
  } catch (error) {
    throw new TemplateError('Input is not valid JSON.', { cause: error });
  }
}

/** EventBridge User Guide, "Creating a rule that runs on a schedule". */
function scheduledEvent(rule: string, time: number, { account, region }: StackContext): object {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time: `${new Date(time).toISOString().slice(0, 19)}Z`,
    region,
    resources: [rule],
    detail: {},
  };
}
