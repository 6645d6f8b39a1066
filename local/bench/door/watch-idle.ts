import { cpus } from 'node:os';

/** Gives the part of the machine's CPU that nobody has used since, in %. */
export function watchIdle(): () => number {
  const before = spent();
  return () => {
    const after = spent();
    return (100 * (after.idle - before.idle)) / (after.all - before.all);
  };
}

/** Milliseconds of all cores, since the machine was started. */
function spent(): { idle: number; all: number } {
  const times = cpus().map((core) => core.times);
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return { idle: sum(times.map(({ idle }) => idle)), all: sum(times.flatMap((each) => Object.values(each))) };
}
