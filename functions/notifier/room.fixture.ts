import { openChannel } from '@casebell/im/webhooks';
import type { Chats } from '../../local/chat/chats';
import { startChats } from '../../local/chat/chats';
import type { PlatformName } from '../../local/chat/platforms';
import type { Room } from '../../local/chat/rooms';
import { ROOMS } from '../../local/chat/rooms';
import { deliver } from './delivery/deliver';
import type { Destination, TimeBudget } from './delivery/deps';
import type { TestDeps } from './office.fixture';
import { newDestination } from './outbox/dynamodb.fixture';
import type { Entry } from './outbox/outbox';

/** A team in one emulated chat, with the platform's real limits on the office's clock. */
export interface Team {
  destination: Destination;
  room: Room;
  /** When the platform was asked, in ms since 1970. */
  asked: number[];
  /** Puts entries into the team's outbox. */
  put(...entries: Entry[]): Promise<void>;
  deliver(patience?: Partial<TimeBudget>): Promise<void>;
  /** Delivers, and moves the clock on to every wake-up, until nothing waits. */
  settle(): Promise<void>;
  /** For how many events the messages of the room stand. */
  told(): number;
  titles(): string[];
}

const chats: Chats[] = [];
export const closeRooms = () => Promise.all(chats.splice(0).map((each) => each.close()));

/** @param quota messages a month, where somebody counts them. */
export async function openTeam(platform: PlatformName, office: TestDeps, quota?: number): Promise<Team> {
  const { clock, outbox } = office;
  const setup = ROOMS.find((room) => room.platform === platform);
  if (!setup) throw new Error(`There is no room on ${platform}.`);
  const opened = await startChats({ rooms: [setup], now: clock.now });
  chats.push(opened);
  const [room] = opened.rooms;
  if (!room) throw new Error('no room was opened');
  const asked: number[] = [];
  const resolveEndpoint = ({ host, pathname, search }: URL) => {
    asked.push(clock.time);
    return `${opened.url}/${host}${pathname}${search}`;
  };
  const channel = openChannel(setup, { now: clock.now, resolveEndpoint, timeoutMs: 300 });
  const destination = { id: newDestination(), channel, quota };
  const team: Team = {
    destination,
    room,
    asked,
    async put(...entries) {
      await Promise.all(entries.map((entry) => outbox.put(destination.id, entry)));
    },
    deliver: (patience) => deliver(destination, office, { ...patienceFrom(clock.time), ...patience }),
    settle: () => settle(team, office),
    told: () => room.messages.reduce((sum, { view }) => sum + countIn(view.title), 0),
    titles: () => room.messages.map(({ view }) => view.title),
  };
  return team;
}

/** What a wake-up's invocation of 60 seconds has. */
const patienceFrom = (now: number): TimeBudget => ({
  canSleep: true,
  startBefore: now + 45_000,
  deadline: now + 60_000,
});

/** A message is one event, a digest as many as its title says. */
const countIn = (title: string): number => Number(/(\d+) (?:events|个事件)/.exec(title)?.[1] ?? 1);

async function settle({ destination, deliver }: Team, { outbox, queues, clock }: TestDeps): Promise<void> {
  for (let round = 0; round < 500; round += 1) {
    const ordered = queues.wakes.length;
    await deliver();
    if ((await outbox.oldestPendingAt(destination.id)) === undefined) return;
    // Without a wake-up the next sweep goes on.
    clock.time += queues.wakes.length > ordered ? Math.min(900_000, queues.wakes.at(-1)?.ms ?? 0) : 60_000;
  }
  throw new Error('Something still waits.');
}
