import { cardNamed, entryNamed, many } from '../entry.fixture';
import { createTestDeps, type TestDeps } from '../office.fixture';
import { type EmulatedTables, emulateTables } from '../outbox/dynamodb.fixture';
import { closeRooms, openTeam, type Team } from '../room.fixture';

let tables: EmulatedTables;
let office: TestDeps;
let team: Team;

beforeAll(async () => {
  tables = await emulateTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  office = createTestDeps(tables.open);
  team = await openTeam('wecom', office);
});
afterEach(closeRooms);

const waiting = async () => (await office.outbox.pending(team.destination.id)).map(({ event }) => event.id);
const choke = (times: number) => {
  team.room.fault = { kind: 'answer', status: 500, body: 'oops', times, bodyContains: 'poison' };
};
/** What a wake-up every minute does. */
const minutes = async (count: number) => {
  for (let minute = 0; minute < count; minute += 1) {
    await team.deliver();
    office.clock.time += 60_000;
  }
};

it.each([1, 7, 40])(
  'one event that the platform fails on, and on no other of %i, is buried, and the others are told',
  async (count) => {
    choke(Infinity);
    await team.put(entryNamed('poison'), ...many(count, (index) => entryNamed(`event-${index}`)));
    await minutes(120);
    await team.put(entryNamed('later'));
    await minutes(60);
    expect([await waiting(), team.told()]).toEqual([[], count + 1]);
    expect(office.queues.letters.map(({ entry }) => entry.event.id)).toEqual(['poison']);
  },
);

it('a card of which the platform takes the first part only does not stand in the way of the others', async () => {
  choke(Infinity);
  const card = cardNamed('long', { quote: `${'a'.repeat(5_000)} poison` });
  await team.put(entryNamed('long', { card }));
  await minutes(10);
  await team.put(entryNamed('later'));
  await minutes(120);
  await team.put(entryNamed('later still'));
  await minutes(60);
  const titles = team.titles().join();
  expect([titles.includes('later'), titles.includes('later still'), await waiting()]).toEqual([true, true, []]);
});

it('what was slow to answer, but shown, is never taken apart and told again in other messages', async () => {
  team = await openTeam('dingtalk', office);
  team.room.fault = { kind: 'lost', times: 12 };
  await team.put(...many(40, (index) => entryNamed(`event-${index}`)));
  await minutes(240);
  expect([await waiting(), team.told(), team.room.duplicateCount]).toEqual([[], 40, 12]);
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
