import type { LocalizedText } from '../draw-seen';
import type { Delivery, Workspace } from '../workspace';

/** What became of what a person did, as they are told. */
export interface Outcome {
  /** `unheard`: the platform had no reason to call the bot. */
  readonly kind: 'answered' | 'unheard' | 'failed';
  readonly text: LocalizedText;
}

const UNHEARD: LocalizedText = {
  zh: '机器人听不到这条：没有 @ 它，或平台不转给它',
  en: 'The bot does not hear this: nobody called it, or the platform does not pass it on',
};

/** A platform that has no reason to call the bot delivers nothing, so then there is no such delivery among its `deliveries`. */
export function outcomeOf(delivery: Delivery, { deliveries }: Pick<Workspace, 'deliveries'>): Outcome {
  if (!deliveries.includes(delivery)) return { kind: 'unheard', text: UNHEARD };
  const { status, durationMs } = delivery;
  if (status >= 200 && status < 300)
    return { kind: 'answered', text: { zh: '已送达', en: `Delivered, ${durationMs} ms` } };
  return { kind: 'failed', text: status === 0 ? late(durationMs) : refused(status) };
}

function late(ms: number): LocalizedText {
  return { zh: '机器人没有及时应答', en: `The bot did not answer in time (${ms} ms)` };
}

function refused(status: number): LocalizedText {
  return { zh: `机器人应答了 ${status}`, en: `The bot answered ${status}` };
}
