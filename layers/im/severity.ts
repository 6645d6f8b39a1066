import type { Severity } from './card';

/** For platforms, and places in them, that have no colour. */
export const SEVERITY_ICONS: Readonly<Record<Severity, string>> = {
  critical: '🔴',
  warning: '🟠',
  info: '🔵',
  resolved: '🟢',
};
