import { NO_CASE_BOT } from '../../local/application';
import { runCaseScenarios } from '../../local/demo/case-scenario';
import { type CaseWorld, openCaseWorld } from '../case-bot/world.fixture';

let runtime: CaseWorld;
beforeAll(async () => {
  runtime = await openCaseWorld({
    parameters: NO_CASE_BOT,
  });
});
afterAll(() => runtime.close());

it('has nothing of the case bot: no API, function, queue, table, secret or alarm', () => {
  const { resources, functions, outputs } = runtime.stack;
  expect(Object.keys(functions)).toEqual(['Notifier']);
  expect(Object.keys(resources).filter((id) => /^(Case|Bot)/.test(id))).toEqual([]);
  expect(Object.keys(outputs).filter((name) => /^Case/.test(name))).toEqual([]);
});

it('still tells events', async () => {
  await runtime.send('磁盘快满了');
  await runtime.stack.idle(20_000);
  expect(runtime.chats.rooms.map(({ messages }) => messages.length)).toEqual([1, 1, 1, 1, 1]);
});

it('runs no case scenario in the demo', async () => {
  expect(await runCaseScenarios(runtime, { print: () => undefined, isBrief: true })).toBeUndefined();
});
