import type { Both } from '../draw-seen';
import type { Delivery, Workplace } from '../workplace';

/** What became of what a person did, as they are told. */
export interface Outcome {
  /** `unheard`: the platform had no reason to call the bot. */
  readonly kind: 'answered' | 'unheard' | 'failed';
  readonly words: Both;
}

const UNHEARD: Both = {
  zh: '机器人听不到这条：没有 @ 它，或平台不转给它',
  en: 'The bot does not hear this: nobody called it, or the platform does not pass it on',
};

/** A platform that has no reason to call the bot delivers nothing, so then there is no such delivery among its `deliveries`. */
export function outcomeOf(delivery: Delivery, { deliveries }: Pick<Workplace, 'deliveries'>): Outcome {
  if (!deliveries.includes(delivery)) return { kind: 'unheard', words: UNHEARD };
  const { status, ms } = delivery;
  if (status >= 200 && status < 300) return { kind: 'answered', words: { zh: '已送达', en: `Delivered, ${ms} ms` } };
  return { kind: 'failed', words: status === 0 ? late(ms) : refused(status) };
}

function late(ms: number): Both {
  return { zh: '机器人没有及时应答', en: `The bot did not answer in time (${ms} ms)` };
}

function refused(status: number): Both {
  return { zh: `机器人应答了 ${status}`, en: `The bot answered ${status}` };
}
