import { type Figure, round } from './figure';
import { billOf, standingBill } from './storm/bill';
import { type Asked, asking } from './storm/ledger';
import { sendLone } from './storm/lone';
import { type Poured, pour, untilTold } from './storm/pour';
import { openProduct } from './storm/product';
import type { Road } from './storm/road';
import { roomFigures } from './storm/room-figures';
import { eventsIn, type Sight, watch } from './storm/shown';

export interface StormOptions {
  /** Of the storm; a hundred lone ones come before it. */
  events: number;
}

/** At least one from each place: the first has its bus forward to the stack's. */
const LONE = 100;
/** Seconds of the clock in a real one while the lone events come, which would take nine minutes otherwise. */
const LONE_RATE = 8;
/** The storm comes in real time. */
const STORM_RATE = 1;
/** In real milliseconds. */
const PATIENCE = 60_000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** What becomes of very many events within a minute, and of a hundred before them that come alone. Takes minutes. */
export async function storm({ events }: StormOptions): Promise<Figure[]> {
  const bench = 'storm';
  const road = await openProduct(say);
  try {
    return await measure(road, events, bench);
  } finally {
    await road.close();
  }
}

async function measure(road: Road, events: number, bench: string): Promise<Figure[]> {
  road.clock.rate = LONE_RATE;
  say(`${LONE} lone events; the clock of product and chats runs ${LONE_RATE} times as fast as real time ...`);
  const [latencies, askedLone] = await asking(road, async () => {
    const taken = await sendLone(road, 0, LONE);
    await road.idle(PATIENCE);
    return taken;
  });
  road.clock.rate = STORM_RATE;
  const had = new Set((await road.kept())?.map(({ key }) => key));
  const sights = road.rooms.map(watch);
  const [poured, askedStorm] = await asking(road, () => rage(road, sights, events));
  const kept = (await road.kept())?.filter(({ key }) => !had.has(key));
  const [, askedSweep] = await asking(road, async () => road.sweep?.());
  return [
    { bench, figure: 'clock while lone events came', value: LONE_RATE, unit: 'times real time' },
    { bench, figure: 'clock during the storm', value: STORM_RATE, unit: 'times real time' },
    { bench, figure: 'events in', value: events, unit: `events in ${seconds(poured)} s` },
    ...road.rooms.flatMap(({ platform }, index) =>
      roomFigures(bench, platform, {
        ...{ events, poured, lone: LONE, latencies: latencies[platform] ?? [] },
        sight: sights[index]?.() ?? { messages: [], refusals: [], repeated: 0 },
        kept: kept?.filter((one) => one.platform === platform),
      }),
    ),
    ...bills(events, askedLone, askedStorm, askedSweep),
  ];
}

/** The storm, until all of it is told or nobody waits any longer. */
async function rage(road: Road, sights: readonly (() => Sight)[], events: number): Promise<Poured> {
  const inChat = () =>
    road.rooms.map(({ platform }, index) => `${platform} ${eventsIn(sights[index]?.().messages ?? [])}`).join(', ');
  say(`${events} events within a minute; the clock runs ${STORM_RATE === 1 ? 'in real time' : `at ${STORM_RATE}`} ...`);
  const poured = await pour(road, LONE, events, (sent) => say(`  ${sent} sent; in chat: ${inChat()}`));
  const since = () => Math.round((road.clock.now() - poured.last) / 1000);
  await untilTold(road, sights, events, () => say(`  ${since()} s after the last; in chat: ${inChat()}`));
  return poured;
}

function bills(events: number, lone: Asked | undefined, storm: Asked | undefined, sweep: Asked | undefined): Figure[] {
  if (!lone || !storm || !sweep) return [];
  return [...billOf('lone events', lone, sweep, LONE), ...billOf('a storm', storm, sweep, events), standingBill(sweep)];
}

const seconds = ({ first, last }: Poured): number => round((last - first) / 1000);
