import { fallback } from './fallback';
import { type Chosen, prepare } from './formatters';
import { customNotification, readyMade } from './ready-made';

/** Plugins first; what no plugin takes is a ready-made card, or is told by the fallback, which takes everything. */
export const withOurOwn = (plugins: readonly Chosen[]): Chosen[] => [
  ...plugins,
  ...[readyMade, customNotification, fallback].map(prepare),
];
