import { blanked, type Moment, momentsIn } from './moments';
import { type Zone, zonesIn } from './zones';

/** A day, a time of day, or both, with what stands around it. */
export interface Time extends Moment {
  /** Minutes east of UTC, where a zone belongs to this time of day. */
  zone?: readonly number[];
  /** The other half of the day: of `7:41 PM to 9:26`, where only the first says which. */
  also?: string;
  /** The number of its sentence. */
  sentence: number;
  /** Whether it is the end of what the one before it begins. */
  isEnd: boolean;
}

/** The times that a text names. */
export interface Times {
  moments: readonly Time[];
  zones: readonly Zone[];
  /** The text without all of them. */
  rest: string;
}

/** @param text as NFKC leaves it */
export function timesIn(text: string): Times {
  const zones = zonesIn(text);
  const clocks = blanked(text, zones);
  const moments = momentsIn(clocks);
  return { moments: inContext(moments, zones, clocks), zones, rest: blanked(clocks, moments) };
}

/** Nothing but brackets and spaces stands between a time and its zone. */
const BESIDE = 3;
/** What ties the end of a span to its beginning. */
const SPAN =
  /^[\s,()]{0,12}(?:开始|起)?[\s,()]{0,4}(?:[-–—~至到和]|to|until|till|through|and)[\s,]{0,4}(?:于|在|约)?[\s,]{0,4}$/;
const SENTENCE = /\n|[。！？]|[.!?](?=\s)/g;

function inContext(moments: readonly Moment[], zones: readonly Zone[], text: string): Time[] {
  const zoneBeside = besides(zones);
  const ends = [...text.matchAll(SENTENCE)].map(({ index }) => index);
  const times: Time[] = [];
  let sentence = 0;
  for (const moment of moments) {
    while ((ends[sentence] ?? text.length) < moment.at) sentence += 1;
    const before = times.at(-1);
    const isEnd = Boolean(before?.clock && moment.clock && SPAN.test(text.slice(before.end, moment.at)));
    times.push({ ...moment, sentence, isEnd, ...(moment.clock && zoneBeside(moment)) });
  }
  times.forEach((end, index) => {
    const start = times[index - 1];
    if (end.isEnd && start) share(start, end);
  });
  return times;
}

/** A zone stands behind its time of day, or right before it. */
function besides(zones: readonly Zone[]): (moment: Moment) => Pick<Time, 'zone'> {
  const [byStart, byEnd] = [
    new Map(zones.map((zone) => [zone.at, zone])),
    new Map(zones.map((zone) => [zone.end, zone])),
  ];
  const steps = Array.from({ length: BESIDE + 1 }, (_, index) => index);
  return ({ at, end }) => {
    const [found] = [
      ...steps.map((step) => byStart.get(end + step)),
      ...steps.map((step) => byEnd.get(at - step)),
    ].filter(Boolean);
    return found ? { zone: found.minutes } : {};
  };
}

/** What is said of one end of a span is meant of both. */
function share(start: Time, end: Time): void {
  start.zone ??= end.zone;
  end.zone ??= start.zone;
  if (start.hasHalf === end.hasHalf) return;
  const bare = start.hasHalf ? end : start;
  if (bare.clock) bare.also = otherHalf(bare.clock);
}

const otherHalf = (clock: string): string =>
  `${String((Number(clock.slice(0, 2)) + 12) % 24).padStart(2, '0')}${clock.slice(2)}`;
