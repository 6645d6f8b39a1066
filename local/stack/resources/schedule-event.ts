import { openSchedule } from '../../lambda/schedule';
import type { Properties } from '../values';
import { TemplateError } from '../values';
import type { Connect } from './event-source';

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Event type Schedule: an EventBridge rule with the function as target (SAM Developer Guide, "Schedule"). */
export const connectSchedule: Connect = async (name, properties, deployed, { clock, sources }) => {
  properties.rejectUnknown(['Schedule', 'Description', 'Input']);
  const interval = intervalOf(properties.requiredText('Schedule'));
  const input = inputOf(properties);
  const call = async (): Promise<void> => {
    const failed = (error: unknown): void => deployed.log(`${name} failed: ${error}`);
    await deployed.code.invoke(input).catch(failed);
  };
  sources.push({ start: () => openSchedule(interval, clock, call) });
};

/** Milliseconds of `rate(1 minute)`, `rate(5 minutes)`; as in EventBridge, only 1 takes the singular. */
function intervalOf(expression: string): number {
  const [, count = '', unit = '', plural] = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const isValid = Number(count) > 0 && (count === '1') === (plural === '');
  if (!isValid) throw new TemplateError(`Schedule: ${expression} is not supported by the local stack: give a rate.`);
  return Number(count) * (UNITS[unit] ?? 0);
}

function inputOf(properties: Properties): unknown {
  try {
    return JSON.parse(properties.requiredText('Input'));
  } catch (error) {
    throw new TemplateError('A schedule needs an Input that is valid JSON.', { cause: error });
  }
}
