import {
  BOT_PLATFORMS,
  type CallbackReply,
  type CallbackRequest,
  createBotRuntime,
  type Secrets,
} from '@casebell/im/bots';
import { type Enqueue, handleCallback, type QueuedMessage } from '../../functions/case-bot/webhook/handle-callback';
import type { Sample } from './sample.fixture';

export type Letter = Parameters<Enqueue>[0];

/** A callback at the door, at a time, in front of a bot with these secrets. */
export interface Attempt {
  request: CallbackRequest;
  /** ms since 1970 */
  now: number;
  /** The bot that is asked for. */
  bot: string;
  secrets: Secrets;
}

export interface Outcome {
  kind: 'heard' | 'answered' | 'ignored' | 'refused' | 'too large';
  reply: CallbackReply;
  letters: Letter[];
  /** What was logged. */
  lines: string[];
}

export const botOf = ({ platform }: Pick<Sample, 'platform'>): string => `${platform}/main`;

/** Knocks at the real door, behind which a real bot listens, and looks what has come of it. */
export async function knock({ platform }: Pick<Sample, 'platform'>, attempt: Attempt): Promise<Outcome> {
  const letters: Letter[] = [];
  const lines: string[] = [];
  const write = (what: string, facts?: object) => void lines.push(`${what} ${JSON.stringify(facts)}`);
  const app = BOT_PLATFORMS.find(({ name }) => name === platform)?.open(attempt.secrets, {
    ...createBotRuntime(),
    now: () => attempt.now,
  });
  const reply = await handleCallback(attempt.request, attempt.bot, {
    refreshApp: async () => undefined,
    findApp: async (name) => (name === botOf({ platform }) ? app : undefined),
    enqueue: async (letter) => void letters.push(letter),
    log: { info: write, warn: write, error: write },
  });
  return { kind: kindOf(reply, letters, lines), reply, letters, lines };
}

export const heardIn = ({ body }: Letter): QueuedMessage => JSON.parse(body);

const REFUSALS: Readonly<Record<number, Outcome['kind']>> = { 401: 'refused', 413: 'too large' };

function kindOf({ status }: CallbackReply, letters: Letter[], lines: string[]): Outcome['kind'] {
  const refused = REFUSALS[status];
  if (refused) return refused;
  if (status !== 200) throw new Error(`The door answers with ${status}.`);
  if (letters.length) return 'heard';
  return lines.length ? 'ignored' : 'answered';
}
