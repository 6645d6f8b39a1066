import { readFileSync } from 'node:fs';
import type { Application } from './application';
import type { Message, Room } from './chat/chats';
import { drawMessage } from './chat/screen';
import { eventFiles } from './event-files';
import type { Cases } from './performance/act-two';
import { WIDTH } from './performance/print';

/**
 * In real milliseconds: an event that has not arrived by then will not, nor do the next ones deserve as much. On a busy machine a
 * function may run out of its time, which the clock shortens, and then its queue brings the event again after eighteen seconds.
 */
const PATIENCE = 30_000;
const LITTLE_PATIENCE = 500;

/** What became of the events that were sent. */
export interface Tally {
  events: number;
  /** By road: EventBridge or SNS. */
  roads: Record<string, number>;
  /** By platform: events that arrived there, and the messages they took. */
  arrived: Record<string, { cards: number; messages: number }>;
  failures: string[];
  seconds: number;
}

/** Sends every sample event, one after the other, and prints each card as each chat shows it. */
export async function perform(application: Application, print: (text: string) => void, brief = false): Promise<Tally> {
  const tally: Tally = { events: 0, roads: {}, arrived: {}, failures: [], seconds: 0 };
  const began = performance.now();
  for (const file of eventFiles()) await performOne(file, application, tally, print, brief);
  tally.seconds = (performance.now() - began) / 1000;
  return tally;
}

async function performOne(
  file: string,
  { chats, stack, send }: Application,
  tally: Tally,
  print: (text: string) => void,
  brief: boolean,
) {
  const before = chats.rooms.map(snapshot);
  const road = await send(readFileSync(file, 'utf8'));
  tally.events += 1;
  tally.roads[road] = (tally.roads[road] ?? 0) + 1;
  await stack.idle(tally.failures.length ? LITTLE_PATIENCE : PATIENCE);
  print(`▶ ${file} (${road})`);
  const isNowhere = before.every(({ news, refused }) => news().length + refused().length === 0);
  if (isNowhere) tally.failures.push(`${file}: arrived nowhere; does a rule of the stack let it in?`);
  for (const { room, news, refused } of before) {
    if (!isNowhere) count(file, room, news(), refused(), tally);
    if (!brief) for (const message of news()) print(drawMessage(room, message, WIDTH, process.stdout.isTTY));
  }
}

function snapshot(room: Room) {
  const [had, refusals] = [room.messages.length, room.rejections.length];
  const news = (): Message[] => room.messages.slice(had);
  const refused = () => room.rejections.slice(refusals);
  return { room, news, refused };
}

function count(file: string, { platform }: Room, news: Message[], refused: Room['rejections'], tally: Tally): void {
  const arrived = tally.arrived[platform] ?? { cards: 0, messages: 0 };
  tally.arrived[platform] = {
    cards: arrived.cards + Math.min(1, news.length),
    messages: arrived.messages + news.length,
  };
  if (news.length === 0) tally.failures.push(`${file}: nothing arrived in ${platform}`);
  tally.failures.push(
    ...refused.map(({ status, body }) => `${file}: ${platform} refused with ${status} ${JSON.stringify(body)}`),
  );
}

/** The summary that ends a demo: events in, cards delivered per platform, what became of the cases, failures of both acts. */
export function summaryOf({ events, roads, arrived, failures, seconds }: Tally, cases?: Cases): string {
  const by = Object.entries(roads).map(([road, number]) => `${road} ${number}`);
  const rows = Object.entries(arrived).map(
    ([platform, { cards, messages }]) =>
      `  ${platform.padEnd(10)} ${String(cards).padStart(4)} cards in ${messages} messages`,
  );
  const all = [...failures, ...(cases?.failures ?? [])];
  return [
    '',
    `events in     ${events} (${by.join(', ')}) in ${seconds.toFixed(1)} s`,
    'cards delivered',
    ...rows,
    ...(cases ? linesOf(cases) : []),
    `failures      ${all.length}`,
    ...all.map((failure) => `  ${failure}`),
  ].join('\n');
}

const linesOf = ({ opened, replies, resolved, seconds, slowest }: Cases): string[] => [
  `cases out     ${opened} opened, ${replies} replied to, ${resolved} resolved, in ${seconds.toFixed(1)} s`,
  `  slowest answer ${(slowest.ms / 1000).toFixed(2)} s (${slowest.what})`,
];
