import { type Input, optionalText } from '../input';
import { unsuitable } from './constraint';

const ISO = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

function timeIn(input: Input, name: string): number | undefined {
  const value = optionalText(input, name);
  if (value === undefined) return undefined;
  const time = ISO.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw unsuitable(`${value} is not a valid ${name}.`);
  return time;
}

/** Whether something lies between `afterTime` and `beforeTime`; both count as inside, which is a guess. */
export function windowIn(input: Input): (happened: { at: number }) => boolean {
  const after = timeIn(input, 'afterTime') ?? Number.NEGATIVE_INFINITY;
  const before = timeIn(input, 'beforeTime') ?? Number.POSITIVE_INFINITY;
  return ({ at }) => at >= after && at <= before;
}
