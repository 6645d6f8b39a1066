import type { Message } from '../standing';
import type { Office } from './office';
import type { Step } from './step';
import type { Patience } from './wait';

/** In ms: what a digest may wait for a model. */
const BOX = 8_000;
/** In ms, of the invocation, for sending what was composed: nothing is begun that cannot be finished. */
const SENDING = 20_000;

/** The message of a step; a digest with what all of it comes to, where a model has something to say. */
export async function sumUp(
  { message, led }: Extract<Step, { kind: 'send' }>,
  { summarize, clock }: Office,
  { end }: Patience,
): Promise<Message> {
  if (!led || !summarize) return message;
  const until = Math.min(clock.now() + BOX, end - SENDING);
  const lead = await summarize({ task: 'digest', id: message.id, card: message.card }, until);
  return lead ? led(lead) : message;
}
