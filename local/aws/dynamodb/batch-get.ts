import type { BatchedGets, Checked, Item } from 'dynalite/db';
import type { Input } from '../input';
import type { Dynalite, Output } from './dynalite';
import { sizeOf } from './item-size';
import type { Meter } from './meter';

/** Most bytes of one answer (API reference, BatchGetItem). */
const MOST_BYTES = 16 * 2 ** 20;
/** Keys of which dynalite, which stops after about 1.4 MB, always gives all items. */
const AT_ONCE = 3;

/** BatchGetItem up to 16 MB; what is beyond comes back as UnprocessedKeys. */
export function batchGet(dynalite: Dynalite, meter: Meter) {
  /** The items of these keys as long as there is room for them, and the keys that are left. */
  async function read(checked: Checked, table: string, gets: BatchedGets, room: number) {
    const items: Item[] = [];
    let from = 0;
    for (; from < gets.Keys.length && bytesOf(items) < room; from += AT_ONCE) {
      const RequestItems = { [table]: { ...gets, Keys: gets.Keys.slice(from, from + AT_ONCE) } };
      const output = await dynalite.apply('BatchGetItem', { ...checked, RequestItems }, meter);
      items.push(...(output.Responses?.[table] ?? []));
    }
    return { items, left: gets.Keys.slice(from) };
  }

  return async (input: Input): Promise<Output> => {
    const checked = dynalite.check('BatchGetItem', input);
    const Responses: Record<string, Item[]> = {};
    const UnprocessedKeys: Record<string, unknown> = {};
    for (const [table, gets] of Object.entries(checked.RequestItems ?? {})) {
      if (!('Keys' in gets)) continue;
      const room = MOST_BYTES - bytesOf(Object.values(Responses).flat());
      const { items, left } = await read(checked, table, gets, room);
      Responses[table] = items;
      if (left.length > 0) UnprocessedKeys[table] = { ...requestOf(input, table), Keys: left };
    }
    return { Responses, UnprocessedKeys };
  };
}

const bytesOf = (items: readonly Item[]): number => items.reduce((sum, item) => sum + sizeOf(item), 0);

/** As the client wrote it, without what dynalite has parsed. */
const requestOf = ({ RequestItems }: Input, table: string): object => Object(Object(RequestItems)[table]);
