import type { QueuedMessage } from '../../functions/case-bot/webhook/handle-callback';
import { isBotPlatform } from '../chat/platform';
import { platformNamed } from '../chat/platforms';
import { firstCallbacks } from './door/first';
import { type Load, load } from './door/load';
import type { Answer } from './door/pour';
import { type Figure, median, quantile, round } from './figure';

/**
 * As many parts of the time, one after the other: a burst of other work on the machine spoils one, not most. The goal is for
 * all answers, so a machine that has no CPU to spare misses it, whatever the door does: hence how idle it was.
 */
const SLICES = 10;

/** How fast the door of the case bot answers, and what that takes. Under a minute. */
export async function door(): Promise<Figure[]> {
  const figures = loadFigures(await load());
  const { bare, init, first } = await firstCallbacks();
  return [
    ...figures,
    figure('bare Node, median CPU', bare, 'ms'),
    figure('load + init over bare Node, median CPU', init, 'ms', 120),
    figure('until a first callback is answered, over bare Node, median CPU', first, 'ms'),
  ];
}

function loadFigures({ answers, cold, requests, heard, idle }: Load): Figure[] {
  const warm = answers.filter(({ requestId }) => !cold.has(requestId)).map(({ ms }) => ms);
  const seconds = Math.max(...answers.map(({ letter }) => letter.number)) / 100;
  const colds = answers.length - warm.length;
  // A cold one reads the secret besides, while it starts.
  const trips = Object.values(requests).reduce((sum, count) => sum + count, 0) - colds;
  const times = timesHeard(heard);
  const failures = count(answers, ({ status }) => status !== 200);
  const unlike = count(answers, ({ letter }) => times.get(letter.number) !== 1);
  return [
    figure('callbacks, a hundred a second', answers.length, `in ${Math.round(seconds)} s`),
    figure('warm, p50 of the answer', round(median(warm)), 'ms'),
    figure('warm, p99 of the answer', round(p99(warm)), 'ms', 50),
    figure(`warm, p99 of the answer, median of ${SLICES} slices`, round(median(slices(warm).map(p99))), 'ms'),
    figure('machine idle meanwhile', round(idle), '%'),
    figure('slowest answer', round(Math.max(...answers.map(({ ms }) => ms))), 'ms'),
    figure('cold starts', colds, 'answers'),
    figure('answered otherwise than with 200', failures, 'answers', 0),
    figure('answered after the platform’s deadline', count(answers, isLate), 'answers', 0),
    figure('warm, round trips to AWS before the answer', trips / answers.length, 'a callback', 1),
    figure('not in the queue just once', unlike, 'callbacks', 0),
  ];
}

const figure = (name: string, value: number, unit: string, atMost?: number): Figure => ({
  ...{ bench: 'door', figure: name, value, unit },
  ...(atMost !== undefined && { goal: { atMost } }),
});
const p99 = (ms: readonly number[]): number => quantile(ms, 0.99);

/** In the order in which they were sent. */
function slices(ms: readonly number[]): number[][] {
  const most = Math.ceil(ms.length / SLICES);
  return Array.from({ length: SLICES }, (_, slice) => ms.slice(slice * most, (slice + 1) * most));
}

const count = (answers: readonly Answer[], is: (answer: Answer) => boolean): number => answers.filter(is).length;
const timeoutMsOf = (platform: string): number => {
  const chat = platformNamed(platform);
  return isBotPlatform(chat) ? chat.callbackTimeoutMs : Infinity;
};
const isLate = ({ letter, ms }: Answer): boolean => ms > timeoutMsOf(letter.platform);

/** By the number at the end of what was said. */
function timesHeard(heard: readonly QueuedMessage[]): Map<number, number> {
  const times = new Map<number, number>();
  for (const { message } of heard) {
    const number = Number(/\d+$/.exec(message.text)?.[0]);
    times.set(number, (times.get(number) ?? 0) + 1);
  }
  return times;
}
