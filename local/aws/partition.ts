/** A set of Regions with its own accounts. */
export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov';

const PREFIXES: readonly (readonly [string, Partition])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
];

export const partitionOf = (region: string): Partition =>
  PREFIXES.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
