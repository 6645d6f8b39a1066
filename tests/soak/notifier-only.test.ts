import { NO_CASE_BOT } from '../../local/application';
import { runCaseScenarios } from '../../local/demo/case-scenario';
import { type CaseWorld, openCaseWorld } from '../worlds/case-bot-world.fixture';

let world: CaseWorld;
beforeAll(async () => {
  world = await openCaseWorld({
    parameters: NO_CASE_BOT,
  });
});
afterAll(() => world.close());

it('a stack without a case bot has no API, function, queue, table, secret or alarm of it', () => {
  const { resources, functions, outputs } = world.stack;
  expect(Object.keys(functions)).toEqual(['Notifier']);
  expect(Object.keys(resources).filter((id) => /^(Case|Bot)/.test(id))).toEqual([]);
  expect(Object.keys(outputs).filter((name) => /^Case/.test(name))).toEqual([]);
});

it('a stack without a case bot delivers events', async () => {
  await world.send('磁盘快满了');
  await world.stack.idle(20_000);
  expect(world.chats.rooms.map(({ messages }) => messages.length)).toEqual([1, 1, 1, 1, 1]);
});

it('a stack without a case bot has no case scenario in the demo', async () => {
  expect(await runCaseScenarios(world, { print: () => undefined, isBrief: true })).toBeUndefined();
});
