import type { LocalizedText } from '../say';

/** One line of `check`: what was looked at, and, where it is not well, what to do. */
export interface CheckResult {
  what: LocalizedText;
  problem?: LocalizedText;
}
