import { performCases } from '../../local/performance/act-two';
import { NO_CASE_BOT } from '../no-case-bot.fixture';
import { type CaseWorld, openCaseWorld } from './world.fixture';

let world: CaseWorld;
beforeAll(async () => {
  world = await openCaseWorld({
    parameters: NO_CASE_BOT,
  });
});
afterAll(() => world.close());

it('has nothing of the case bot: no API, function, queue, table, secret or alarm', () => {
  const { resources, functions, outputs } = world.stack;
  expect(Object.keys(functions)).toEqual(['Notifier']);
  expect(Object.keys(resources).filter((id) => /^(Case|Bot)/.test(id))).toEqual([]);
  expect(Object.keys(outputs).filter((name) => /^Case/.test(name))).toEqual([]);
});

it('still tells events', async () => {
  await world.send('磁盘快满了');
  await world.stack.idle(20_000);
  expect(world.chats.rooms.map(({ messages }) => messages.length)).toEqual([1, 1, 1, 1, 1]);
});

it('plays no second act', async () => {
  expect(await performCases(world, { print: () => undefined })).toBeUndefined();
});
