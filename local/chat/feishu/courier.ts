import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery, SignedCallback } from '../workspace';

/** Page "事件概述": the answer is due within 3 s, and a missed event follows after 15 s, 5 min, 1 h and 6 h. No header tells a redelivery. */
export const DEADLINE = 3_000;
const AGAIN = [15_000, 300_000, 3_600_000, 21_600_000];

/** Brings callbacks to the bot, and brings events again. */
export interface Courier {
  readonly deliveries: Delivery[];
  /** Once; resolves in any case. */
  bring(url: string, call: SignedCallback, deadline: number): Promise<Delivery>;
  /** Until it is answered with 200: freshly sealed each time. Resolves with the first delivery. */
  insist(url: string, seal: () => SignedCallback): Promise<Delivery>;
  close(): Promise<void>;
}

/** @param rate how many times as fast as real seconds redeliveries follow. */
export function openCourier(rate: () => number): Courier {
  const end = new AbortController();
  const deliveries: Delivery[] = [];
  const running = new Set<Promise<void>>();

  async function bring(url: string, call: SignedCallback, deadline: number): Promise<Delivery> {
    const delivery = await post(url, call, AbortSignal.any([AbortSignal.timeout(deadline), end.signal]));
    deliveries.push(delivery);
    return delivery;
  }

  async function bringAgain(url: string, seal: () => SignedCallback): Promise<void> {
    for (const delay of AGAIN) {
      await sleep(delay / rate(), undefined, { signal: end.signal, ref: false });
      if ((await bring(url, seal(), DEADLINE)).status === 200) return;
    }
  }

  return {
    deliveries,
    bring,
    async insist(url, seal) {
      const first = await bring(url, seal(), DEADLINE);
      if (first.status === 200) return first;
      const again: Promise<void> = bringAgain(url, seal)
        .catch(() => undefined)
        .finally(() => running.delete(again));
      running.add(again);
      return first;
    },
    async close() {
      end.abort();
      await Promise.all(running);
    },
  };
}

async function post(url: string, { headers, body }: SignedCallback, signal: AbortSignal): Promise<Delivery> {
  const start = performance.now();
  const passed = () => Math.round(performance.now() - start);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    const text = await response.text();
    return { status: response.status, durationMs: passed(), body: text };
  } catch {
    return { status: 0, durationMs: passed(), body: '' };
  }
}
