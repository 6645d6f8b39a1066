import { cached, cachedUntilExpiry } from './cached';

let [now, reads]: [number, number] = [0, 0];
let isBroken = false;
const read = async () => {
  reads += 1;
  if (isBroken) throw new Error('no secret');
  return reads;
};
beforeEach(() => {
  [now, reads, isBroken] = [0, 0, false];
});

it('cached() reads once for concurrent callers, until the value is too old', async () => {
  const get = cached(read, 1_000, () => now);
  expect(await Promise.all([get(), get(), get()])).toEqual([1, 1, 1]);
  now = 999;
  expect(await get()).toBe(1);
  now = 1_000;
  expect([await get(), await get()]).toEqual([2, 2]);
});

it('cached() reads again for a caller that asks for a fresh value, and keeps that', async () => {
  const get = cached(read, 1_000, () => now);
  await get();
  now = 900;
  expect([await get(true), await get()]).toEqual([2, 2]);
  now = 1_899;
  expect(await get()).toBe(2);
});

it('cached() returns the previous value when reading fails', async () => {
  const get = cached(read, 1_000, () => now);
  await get();
  isBroken = true;
  expect([await get(true), await get()]).toEqual([1, 1]);
  now = 2_000;
  expect(await get()).toBe(1);
  isBroken = false;
  now = 3_000;
  expect(await get()).toBe(4);
});

it('cached() fails, and reads again, when there is no previous value', async () => {
  const get = cached(read, 1_000, () => now);
  isBroken = true;
  await expect(get()).rejects.toThrow('no secret');
  await expect(get(true)).rejects.toThrow('no secret');
  isBroken = false;
  expect(await get()).toBe(3);
});

it('cachedUntilExpiry() fetches again five minutes before the value expires, and never twice at a time', async () => {
  const get = cachedUntilExpiry(
    async () => ({ value: await read(), expiresInSeconds: 7_200 }),
    () => now,
  );
  expect(await Promise.all([get(), get()])).toEqual([1, 1]);
  now = 6_899_999;
  expect(await get()).toBe(1);
  now = 6_900_000;
  expect(await Promise.all([get(), get()])).toEqual([2, 2]);
});

it('cachedUntilExpiry() does not cache a failure', async () => {
  const get = cachedUntilExpiry(
    async () => ({ value: await read(), expiresInSeconds: 7_200 }),
    () => now,
  );
  isBroken = true;
  await expect(get()).rejects.toThrow('no secret');
  isBroken = false;
  expect(await get()).toBe(2);
});
