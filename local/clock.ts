/** A clock's state when its rate was last set, from which another process computes the same time. */
export interface ClockState {
  /** Machine time, milliseconds since 1970. */
  readonly realMs: number;
  /** This clock's time at `realMs`. */
  readonly clockMs: number;
  readonly rate: number;
}

/**
 * The local stack's clock. It can run faster than real time, because the product spreads messages over minutes and a demo should
 * not take that long.
 *
 * Functions, schedules and, through `now`, emulators and chats use it. SQS uses it in whole seconds: for DelaySeconds and changed
 * VisibilityTimeouts when they are sent, and for a queue's VisibilityTimeout when the queue is created.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Seconds of this clock per real second. Setting it does not change `now()`. */
  rate: number;
  state(): ClockState;
  /** Calls the listener with the current rate, and with every new rate. */
  follow(listener: (rate: number) => void): void;
}

/** The time of a clock with this state. @param now machine time, milliseconds since 1970 */
export const clockTime = ({ realMs, clockMs, rate }: ClockState, now: number): number =>
  clockMs + (now - realMs) * rate;

/** @param options `real` is the machine's clock */
export function createClock({ rate = 1, real = Date.now }: { rate?: number; real?: () => number } = {}): Clock {
  const start = real();
  let state: ClockState = { realMs: start, clockMs: start, rate };
  const listeners: ((rate: number) => void)[] = [];
  const now = (): number => clockTime(state, real());
  return {
    now,
    state: () => state,
    follow(listener) {
      listeners.push(listener);
      listener(state.rate);
    },
    get rate() {
      return state.rate;
    },
    set rate(next) {
      state = { realMs: real(), clockMs: now(), rate: next };
      for (const listener of listeners) listener(next);
    },
  };
}

/**
 * For demos and tests: a webhook's rate of one message per five seconds becomes four per second. At a much higher rate, the product's
 * own time limits get as short as a request.
 */
export const FAST_CLOCK_RATE = 20;

/** With a model: its time limit of eight seconds becomes two, and its work takes real time. */
export const MODEL_CLOCK_RATE = 4;
