import { readFileSync } from 'node:fs';
import type { Application } from '../application';
import type { Message, Rejection, Room } from '../chat/rooms';
import { drawMessage } from '../chat/ui/terminal';
import { eventFiles } from '../event-files';
import { type Output, WIDTH } from './context';

/**
 * Real time. On a busy machine a function may reach its timeout, which the clock shortens, and then its queue delivers the
 * event again after eighteen seconds.
 */
const TIMEOUT_MS = 30_000;
/** After the first failure. */
const SHORT_TIMEOUT_MS = 500;

export interface EventResults {
  count: number;
  /** The events of each route: EventBridge or SNS. */
  routes: Record<string, number>;
  /** By platform: events that arrived, and their messages. */
  delivered: Record<string, { cards: number; messages: number }>;
  failures: string[];
  seconds: number;
}

/** Sends each sample event and prints its card as each chat shows it. */
export async function runEventScenario(application: Application, output: Output): Promise<EventResults> {
  const results: EventResults = { count: 0, routes: {}, delivered: {}, failures: [], seconds: 0 };
  const began = performance.now();
  for (const file of eventFiles()) await sendEvent(file, application, results, output);
  results.seconds = (performance.now() - began) / 1000;
  return results;
}

async function sendEvent(
  file: string,
  { chats, stack, send }: Application,
  results: EventResults,
  { print, isBrief }: Output,
): Promise<void> {
  const rooms = chats.rooms.map(watchRoom);
  const route = await send(readFileSync(file, 'utf8'));
  results.count += 1;
  results.routes[route] = (results.routes[route] ?? 0) + 1;
  await stack.idle(results.failures.length ? SHORT_TIMEOUT_MS : TIMEOUT_MS);
  print(`▶ ${file} (${route})`);
  const isLost = rooms.every(({ messages, rejections }) => messages().length + rejections().length === 0);
  if (isLost) results.failures.push(`${file}: arrived in no chat; does a rule of the stack match it?`);
  for (const { room, messages, rejections } of rooms) {
    if (!isLost) record(file, room, messages(), rejections(), results);
    if (!isBrief) for (const message of messages()) print(drawMessage(room, message, WIDTH, process.stdout.isTTY));
  }
}

/** What is new in a room. */
function watchRoom(room: Room) {
  const [messageCount, rejectionCount] = [room.messages.length, room.rejections.length];
  return {
    room,
    messages: () => room.messages.slice(messageCount),
    rejections: () => room.rejections.slice(rejectionCount),
  };
}

function record(
  file: string,
  { platform }: Room,
  messages: readonly Message[],
  rejections: readonly Rejection[],
  { delivered, failures }: EventResults,
): void {
  const before = delivered[platform] ?? { cards: 0, messages: 0 };
  delivered[platform] = {
    cards: before.cards + Math.min(1, messages.length),
    messages: before.messages + messages.length,
  };
  if (messages.length === 0) failures.push(`${file}: nothing arrived in ${platform}`);
  for (const { status, body } of rejections) {
    failures.push(`${file}: ${platform} rejected it with ${status} ${JSON.stringify(body)}`);
  }
}
