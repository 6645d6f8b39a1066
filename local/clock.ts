/** Where a clock stood when its rate was last set: what another process needs to show the same time. */
export interface ClockState {
  /** Milliseconds since 1970, as the machine has it. */
  readonly realMs: number;
  /** Milliseconds since 1970, as this clock had it then. */
  readonly clockMs: number;
  readonly rate: number;
}

/**
 * The clock of this machine's cloud. It can run faster than time, as under faketime, and only in development: the product
 * spaces its messages over real minutes, and nobody who watches a demo waits that long.
 *
 * Functions, schedules and, where they are handed `now`, emulators and chats follow it. SQS does in whole seconds:
 * DelaySeconds, and a VisibilityTimeout that is changed, as they are sent; a queue's own once, when it is created.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Seconds of this clock in one real second. Setting it keeps `now()` where it is. */
  rate: number;
  state(): ClockState;
  /** Hears the rate now, and whenever it is set. */
  follow(listener: (rate: number) => void): void;
}

/** The time of a clock that was last seen like this. */
export const clockTime = ({ realMs, clockMs, rate }: ClockState, now: number): number =>
  clockMs + (now - realMs) * rate;

/** @param options `real` is the machine's own clock. */
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
 * For demos and tests: a second is twenty to the product and the chats, so that a robot's pace of one message in five seconds is
 * four a second. Much faster, and the product's own deadlines get as short as a request takes.
 */
export const FAST_CLOCK_RATE = 20;

/** Where a model is asked: its time box of eight seconds is two, and what it has to do takes real time. */
export const MODEL_CLOCK_RATE = 4;
