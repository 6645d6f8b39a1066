import type { Delivery, SignedCallback } from '../workspace';
import { sign } from './sign';

/** Slack waits so long for an answer, in real ms: "Events API" of docs.slack.dev; the same for commands and presses. */
const PATIENCE = 3_000;
/** When an event is delivered again, in ms: "nearly immediately", after a minute, after five. */
const RETRIES = [0, 60_000, 300_000];
const LONGEST_BODY = 10_000;

/** One callback, before it is signed. */
export interface Letter {
  body: string;
  type: 'application/json' | 'application/x-www-form-urlencoded';
  /** Events are delivered again, commands and presses are not. */
  isEvent: boolean;
}

export interface Postman {
  readonly deliveries: Delivery[];
  /** Where the letters go; nowhere to begin with. */
  address?: string;
  /** Resolves with the first delivery; status 0 where nobody answered, or where there is nobody. */
  deliver(letter: Letter): Promise<Delivery>;
  seal(letter: Letter, more?: Record<string, string>): SignedCallback;
  close(): Promise<void>;
}

interface Way {
  secret: string;
  now(): number;
  rate(): number;
}

export function openPostman({ secret, now, rate }: Way): Postman {
  const timers = new Set<NodeJS.Timeout>();
  const underWay = new Set<Promise<Delivery>>();
  const ended = new AbortController();
  const postman: Postman = { deliveries: [], deliver: (letter) => attempt(letter, 0, {}), seal, close };
  return postman;

  function seal({ body, type }: Letter, more: Record<string, string> = {}): SignedCallback {
    return { headers: { 'content-type': type, ...more, ...sign(body, secret, now()) }, body };
  }

  async function attempt(letter: Letter, number: number, more: Record<string, string>): Promise<Delivery> {
    const { address } = postman;
    if (!address) return { status: 0, durationMs: 0, body: '' };
    const sending = send(address, seal(letter, more), ended.signal);
    const done = sending.then(({ delivery }) => delivery);
    underWay.add(done);
    const { delivery, trouble, isFinal } = await sending;
    underWay.delete(done);
    postman.deliveries.push(delivery);
    if (trouble && !isFinal && letter.isEvent) again(letter, number, trouble);
    return delivery;
  }

  function again(letter: Letter, number: number, reason: string): void {
    const delay = RETRIES[number];
    if (delay === undefined || ended.signal.aborted) return;
    const headers = { 'x-slack-retry-num': String(number + 1), 'x-slack-retry-reason': reason };
    const timer = setTimeout(() => {
      timers.delete(timer);
      void attempt(letter, number + 1, headers);
    }, delay / rate());
    timers.add(timer.unref());
  }

  async function close(): Promise<void> {
    ended.abort();
    for (const timer of timers) clearTimeout(timer);
    await Promise.allSettled(underWay);
  }
}

interface Outcome {
  delivery: Delivery;
  /** X-Slack-Retry-Reason; absent when it was answered with 2xx. */
  trouble?: string;
  /** X-Slack-No-Retry: 1 was in the answer. */
  isFinal: boolean;
}

async function send(address: string, { headers, body }: SignedCallback, ended: AbortSignal): Promise<Outcome> {
  const began = performance.now();
  const ms = () => Math.round(performance.now() - began);
  try {
    const signal = AbortSignal.any([ended, AbortSignal.timeout(PATIENCE)]);
    const answer = await fetch(address, { method: 'POST', headers, body, signal, redirect: 'manual' });
    const said = (await answer.text()).slice(0, LONGEST_BODY);
    const isFinal = answer.headers.get('x-slack-no-retry') === '1';
    const delivery = { status: answer.status, durationMs: ms(), body: said };
    return { delivery, isFinal, ...(!answer.ok && { trouble: 'http_error' }) };
  } catch (error) {
    const isLate = Object(error).name === 'TimeoutError';
    const trouble = isLate ? 'http_timeout' : 'connection_failed';
    return { delivery: { status: 0, durationMs: ms(), body: '' }, trouble, isFinal: false };
  }
}
