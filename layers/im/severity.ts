import type { Severity } from './card';

/** For platforms, and places in them, that have no colour. */
export const MARKS: Readonly<Record<Severity, string>> = {
  critical: '🔴',
  warning: '🟠',
  info: '🔵',
  resolved: '🟢',
};
