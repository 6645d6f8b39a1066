import type { Item, Table } from 'dynalite/db';

/** The key of this item of this table. */
export const keyIn = (item: Item, { KeySchema }: Table): Item =>
  Object.fromEntries(KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName] ?? {}]));
