import type { Delivery, SignedCallback, WorkspaceOptions } from '../workspace';

/**
 * In real milliseconds: "appendix-b" of the platform guide, for pushes by HTTP; the page of robots has no deadline of
 * its own.
 */
const DEADLINE = 2_500;
/**
 * In milliseconds. That robot callbacks come again is in no document; the platform guide advises to recognise repeated
 * ones, and by a stream what is not confirmed comes again within a minute. So here: once, after a minute.
 */
const AGAIN = 60_000;

/** Brings callbacks to the bot, and once more to one that was not answered with a 2xx in time. */
export interface Courier {
  readonly deliveries: Delivery[];
  subscribe(url: string): void;
  /** Undefined where there is no url to bring it to. */
  bring(make: () => SignedCallback, answered: (body: string) => void): Promise<Delivery | undefined>;
  close(): void;
}

export function openCourier({ rate }: WorkspaceOptions): Courier {
  const deliveries: Delivery[] = [];
  const waiting = new Set<NodeJS.Timeout>();
  let url: string | undefined;
  async function bring(make: () => SignedCallback, answered: (body: string) => void, isLast: boolean) {
    if (!url) return undefined;
    const delivery = await deliver(url, make());
    deliveries.push(delivery);
    if (delivery.status >= 200 && delivery.status < 300) answered(delivery.body);
    else if (!isLast) later(() => bring(make, answered, true));
    return delivery;
  }
  function later(again: () => Promise<unknown>): void {
    const timer = setTimeout(
      () => {
        waiting.delete(timer);
        void again();
      },
      AGAIN / (rate?.() ?? 1),
    );
    waiting.add(timer);
  }
  return {
    deliveries,
    subscribe(address) {
      url = address;
    },
    bring: (make, answered) => bring(make, answered, false),
    close() {
      url = undefined;
      for (const timer of waiting) clearTimeout(timer);
    },
  };
}

async function deliver(url: string, { headers, body }: SignedCallback): Promise<Delivery> {
  const since = performance.now();
  const took = () => Math.round(performance.now() - since);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(DEADLINE) });
    return { status: response.status, body: await response.text(), durationMs: took() };
  } catch {
    return { status: 0, body: '', durationMs: took() };
  }
}
