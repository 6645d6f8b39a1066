import type { LocalizedText } from '../shared/locale';

/** One line of `check`: what was looked at, and, where it is not well, what to do. */
export interface Finding {
  what: LocalizedText;
  problem?: LocalizedText;
}
