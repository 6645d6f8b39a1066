import type { Checked } from 'dynalite/db';
import type { Input } from '../input';
import type { Dynalite, Output } from './dynalite';
import { sizeOf } from './item-size';
import type { Meter } from './meter';

/** Query and Scan, with a meter on what they read. */
export function query(dynalite: Dynalite, operation: string, meter: Meter) {
  return async (input: Input): Promise<Output> => {
    const checked = dynalite.check(operation, input);
    const asked = ['TOTAL', 'INDEXES'].includes(checked.ReturnConsumedCapacity ?? '');
    const measured = asked ? checked : { ...checked, ReturnConsumedCapacity: 'TOTAL' };
    const { ConsumedCapacity, ...output } = await dynalite.apply(operation, measured);
    const strong = checked.ConsistentRead ?? false;
    const units = ConsumedCapacity?.CapacityUnits ?? 0;
    meter.read(wholeBytes(checked, output) ?? theirs(units, strong), strong);
    return asked ? { ...output, ConsumedCapacity } : output;
  };
}

/** Where the answer holds all that was read, and all of it: its size. */
function wholeBytes({ _projection, AttributesToGet }: Checked, { Items, Count, ScannedCount }: Output) {
  const whole = Items && Count === ScannedCount && !_projection && !AttributesToGet;
  return whole ? Items.reduce((sum, item) => sum + sizeOf(item), 0) : undefined;
}

/** Of what a filter or a projection leaves out only dynalite knows the size, in letters instead of bytes. */
const theirs = (units: number, strong: boolean): number => units * (strong ? 1 : 2) * 4096;
