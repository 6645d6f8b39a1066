import { type Figure, round } from './figure';
import { roomFigures } from './load/aggregate';
import { billOf, sweepBill } from './load/bill';
import { counting } from './load/counts';
import { eventsIn, type Observed, observe } from './load/observed';
import { type Published, publish, sendSingly, waitForDelivery } from './load/publish';
import { startTarget, type Target } from './load/target';

/** At least one for each account and Region: the first makes its bus forward to the stack's. */
const SINGLES = 100;
/** How many times as fast as real time the clock runs for single events, which take nine minutes otherwise. */
const SINGLES_RATE = 8;
/** Real time. */
const IDLE_TIMEOUT_MS = 60_000;

const print = (line: string): void => void process.stderr.write(`${line}\n`);

/** What becomes of many events within a minute, and of a hundred single events before them. Takes minutes. */
export async function load({ events }: { events: number }): Promise<Figure[]> {
  const target = await startTarget(print);
  try {
    return await measure(target, events);
  } finally {
    await target.close();
  }
}

async function measure(target: Target, events: number): Promise<Figure[]> {
  target.clock.rate = SINGLES_RATE;
  print(`${SINGLES} single events; the clock of stack and chats runs ${SINGLES_RATE} times as fast as real time ...`);
  const [latencies, singleCounts] = await counting(target, async () => {
    const measured = await sendSingly(target, SINGLES);
    await target.stack.idle(IDLE_TIMEOUT_MS);
    return measured;
  });
  target.clock.rate = 1;
  const known = new Set((await target.readOutbox()).map(({ key }) => key));
  const observers = target.rooms.map(observe);
  const [published, loadCounts] = await counting(target, () => runLoad(target, observers, events));
  const outbox = (await target.readOutbox()).filter(({ key }) => !known.has(key));
  const [, sweep] = await counting(target, target.sweep);
  const figure = (name: string, value: number, unit: string): Figure => ({ bench: 'load', figure: name, value, unit });
  const seconds = round((published.last - published.first) / 1000);
  return [
    figure('clock for single events', SINGLES_RATE, 'times real time'),
    figure('clock during the load', 1, 'times real time'),
    figure('events', events, `events in ${seconds} s`),
    ...target.rooms.flatMap(({ platform }, index) =>
      roomFigures(platform, {
        ...{ events, published, singles: SINGLES, latencies: latencies[platform] ?? [] },
        observed: observers[index]?.() ?? { messages: [], rejections: [], duplicateCount: 0 },
        outbox: outbox.filter((entry) => entry.platform === platform),
      }),
    ),
    ...billOf('single events', singleCounts, sweep, SINGLES),
    ...billOf('a load', loadCounts, sweep, events),
    sweepBill(sweep),
  ];
}

async function runLoad(target: Target, observers: readonly (() => Observed)[], events: number): Promise<Published> {
  const inChat = () =>
    target.rooms.map(({ platform }, at) => `${platform} ${eventsIn(observers[at]?.().messages ?? [])}`).join(', ');
  print(`${events} events within a minute, in real time ...`);
  const range = { from: SINGLES, count: events };
  const published = await publish(target, range, (sent) => print(`  ${sent} sent; in chat: ${inChat()}`));
  const seconds = () => Math.round((target.clock.now() - published.last) / 1000);
  await waitForDelivery(target, observers, events, () =>
    print(`  ${seconds()} s after the last; in chat: ${inChat()}`),
  );
  return published;
}
