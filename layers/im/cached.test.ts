import { cached } from './cached';

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

it('is read once, by however many ask, until its time is over', async () => {
  const get = cached(read, 1_000, () => now);
  expect(await Promise.all([get(), get(), get()])).toEqual([1, 1, 1]);
  now = 999;
  expect(await get()).toBe(1);
  now = 1_000;
  expect([await get(), await get()]).toEqual([2, 2]);
});

it('is read again for whoever asks for it fresh, and then lasts from there', async () => {
  const get = cached(read, 1_000, () => now);
  await get();
  now = 900;
  expect([await get(true), await get()]).toEqual([2, 2]);
  now = 1_899;
  expect(await get()).toBe(2);
});

it('holds what it had when it cannot be read again', async () => {
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

it('fails, and tries again, when it could never be read', async () => {
  const get = cached(read, 1_000, () => now);
  isBroken = true;
  await expect(get()).rejects.toThrow('no secret');
  await expect(get(true)).rejects.toThrow('no secret');
  isBroken = false;
  expect(await get()).toBe(3);
});
