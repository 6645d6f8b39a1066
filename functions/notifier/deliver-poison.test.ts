import { type EmulatedTables, emulateTables } from './aws/tables.fixture';
import { entryNamed, many } from './entry.fixture';
import { openOffice, type TestOffice } from './office.fixture';
import { closeRooms, openTeam, type Team } from './room.fixture';

let tables: EmulatedTables;
let office: TestOffice;
let team: Team;

beforeAll(async () => {
  tables = await emulateTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  office = openOffice(tables.open);
  team = await openTeam('wecom', office);
});
afterEach(closeRooms);

const waiting = async () => (await office.outbox.waiting(team.destination.id)).map(({ event }) => event.id);
const choke = (times: number) => {
  team.room.fault = { kind: 'answer', status: 500, body: 'oops', times, holding: 'poison' };
};
/** What a wake-up every minute does. */
const minutes = async (count: number) => {
  for (let minute = 0; minute < count; minute += 1) {
    await team.deliver();
    office.clock.time += 60_000;
  }
};

it.each([1, 7, 40])('one event that the platform chokes on keeps no other of %i from being told', async (count) => {
  choke(Infinity);
  await team.put(entryNamed('poison'), ...many(count, (index) => entryNamed(`event-${index}`)));
  await minutes(120);
  expect([await waiting(), team.told()]).toEqual([['poison'], count]);
  expect(office.queues.letters).toEqual([]);
});

it('is told itself when the platform has got over it', async () => {
  choke(12);
  await team.put(entryNamed('poison'), ...many(20, (index) => entryNamed(`event-${index}`)));
  await minutes(240);
  expect([await waiting(), team.told()]).toEqual([[], 21]);
});

it('a platform that is down for an hour is asked a few times, not again and again, and told all then', async () => {
  team.room.fault = { kind: 'answer', status: 503, body: '', times: Infinity };
  await team.put(...many(40, (index) => entryNamed(`event-${index}`)));
  await minutes(60);
  expect(team.asked.length).toBeLessThan(40);
  team.room.fault = undefined;
  await minutes(30);
  expect([await waiting(), team.told(), office.queues.letters]).toEqual([[], 40, []]);
});
