import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { accountedFor, type FaultWorld, openFaultWorld } from './fault-world.fixture';

const run = promisify(execFile);
let runtime: FaultWorld;
beforeAll(async () => {
  runtime = await openFaultWorld();
});
afterAll(() => runtime.close());

const redrive = async (...words: string[]): Promise<string> => {
  const port = new URL(runtime.chats.url).port;
  return (await run(process.execPath, ['scripts/redrive.mjs', '--port', port, ...words])).stdout;
};
const shown = (): number[] => runtime.chats.rooms.map(accountedFor);

it('npm run redrive prints why dead letters were rejected, and moves them for the chats that have not received them', async () => {
  const rejection = { errcode: 300005, errmsg: 'token is not exist' };
  runtime.room('dingtalk').fault = { kind: 'answer', status: 200, body: rejection, times: 100 };
  await runtime.storm(3, 1);
  await runtime.settled();
  expect(shown()).toEqual([0, 3, 3, 3, 3]);
  expect(await redrive('--show')).toMatch(/no robot with this access_token.*i-0000.*3 dead letters in the queue/s);
  runtime.room('dingtalk').fault = { kind: 'reset', times: 0 };
  expect(await redrive()).toContain('3 dead letters moved to the event queue');
  await runtime.settled();
  expect(shown()).toEqual([3, 3, 3, 3, 3]);
  expect(await redrive()).toContain('There are no dead letters');
}, 600_000);

it('npm run redrive explains what to do when no application is running', async () => {
  await expect(run(process.execPath, ['scripts/redrive.mjs', '--port', '1'])).rejects.toThrow(/run npm start first/);
});
