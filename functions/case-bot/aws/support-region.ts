/** Where AWS Support answers for a whole partition (AWS General Reference, "AWS Support endpoints and quotas"). */
const REGIONS = [
  { of: /^cn-/, is: 'cn-north-1' },
  { of: /^us-gov-/, is: 'us-gov-west-1' },
  { of: /^/, is: 'us-east-1' },
] as const;

/** @param region one that somebody works in */
export const supportRegionOf = (region: string): string => REGIONS.find(({ of }) => of.test(region))?.is ?? 'us-east-1';
