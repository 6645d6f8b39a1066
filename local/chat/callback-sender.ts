import type { Delivery, SignedCallback } from './workspace';

/** The result if the bot was not called: it is not among `deliveries`. */
export const NOT_SENT: Delivery = { status: 0, durationMs: 0, body: '' };

export interface Attempt {
  /** 0 for the first one. */
  readonly number: number;
  /** Why the attempt before failed. */
  readonly lastFailure?: Failure;
}

type Failure = 'http_error' | 'http_timeout' | 'connection_failed';

export interface SendOptions {
  /** Called for each attempt, so that each is signed at its time. */
  create(attempt: Attempt): SignedCallback;
  /** Whether it is sent again until the bot accepts it; false if absent. */
  isRetried?: boolean;
  /** In real milliseconds; the sender's timeout if absent. */
  timeoutMs?: number;
  /** Called with the body of a 2xx response. */
  onAccepted?(body: string): void;
}

/** Sends callbacks to the bot, as a platform does. */
export interface CallbackSender {
  readonly deliveries: Delivery[];
  /** The bot's callback URL; none until a person has entered it. */
  callbackUrl?: string;
  /** Resolves with the first delivery; status 0 if there was no response in time. */
  send(options: SendOptions): Promise<Delivery>;
  /** Ends pending requests and retries. */
  close(): Promise<void>;
}

export interface SenderOptions {
  /** In real milliseconds. */
  readonly timeoutMs: number;
  /** In milliseconds of the clock; one retry for each. */
  readonly retryDelaysMs: readonly number[];
  /** How many times as fast as real time the clock runs; 1 if absent. */
  rate?(): number;
}

export function createCallbackSender({ timeoutMs, retryDelaysMs, rate = () => 1 }: SenderOptions): CallbackSender {
  const timers = new Set<NodeJS.Timeout>();
  const pending = new Set<Promise<unknown>>();
  const closing = new AbortController();
  const sender: CallbackSender = { deliveries: [], send: (options) => attempt(options, { number: 0 }), close };
  return sender;

  async function attempt(options: SendOptions, current: Attempt): Promise<Delivery> {
    const { callbackUrl } = sender;
    if (!callbackUrl) return NOT_SENT;
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(options.timeoutMs ?? timeoutMs)]);
    const sending = post(callbackUrl, options.create(current), signal);
    pending.add(sending);
    const { delivery, failure } = await sending;
    pending.delete(sending);
    sender.deliveries.push(delivery);
    if (!failure) options.onAccepted?.(delivery.body);
    else if (options.isRetried) scheduleRetry(options, current.number, failure);
    return delivery;
  }

  function scheduleRetry(options: SendOptions, number: number, lastFailure: Failure): void {
    const delayMs = retryDelaysMs[number];
    if (delayMs === undefined || closing.signal.aborted) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void attempt(options, { number: number + 1, lastFailure });
    }, delayMs / rate());
    timers.add(timer.unref());
  }

  async function close(): Promise<void> {
    closing.abort();
    for (const timer of timers) clearTimeout(timer);
    await Promise.allSettled(pending);
  }
}

async function post(
  url: string,
  { headers, body }: SignedCallback,
  signal: AbortSignal,
): Promise<{ delivery: Delivery; failure?: Failure }> {
  const began = performance.now();
  const durationMs = () => Math.round(performance.now() - began);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    const delivery = { status: response.status, body: await response.text(), durationMs: durationMs() };
    return response.ok ? { delivery } : { delivery, failure: 'http_error' };
  } catch (error) {
    const failure = Object(error).name === 'TimeoutError' ? 'http_timeout' : 'connection_failed';
    return { delivery: { status: 0, body: '', durationMs: durationMs() }, failure };
  }
}
