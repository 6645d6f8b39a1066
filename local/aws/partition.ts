/** A set of Regions with accounts of its own: nothing of one is known in another. */
export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov';

const PREFIXES: readonly (readonly [string, Partition])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
];

/** The partition of a Region. */
export const partitionOf = (region: string): Partition =>
  PREFIXES.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
