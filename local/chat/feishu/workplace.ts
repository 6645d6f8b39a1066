import type { Workplace, WorkplaceOptions } from '../workplace';

export function openWorkplace(_options: WorkplaceOptions): Workplace | undefined {
  return undefined;
}
