import type { Card } from '@casebell/im/webhooks';
import type { Entry, Incident } from '../outbox';

/** What one entry comes to in a digest: its card may say already that it follows up another. */
export interface Item {
  entry: Entry;
  card: Card;
  /** What the team knows of its incident afterwards. */
  incident?: Incident;
}
