import { setTimeout as sleep } from 'node:timers/promises';
import { openWorkbench, type Workbench } from './workbench';

let bench: Workbench;

beforeAll(async () => {
  bench = await openWorkbench();
});

afterAll(() => bench.close());

it('gives the event to the handler and its answer back, with a context as on Lambda', async () => {
  const greeter = await bench.deploy(`exports.handler = async (event, context) => ({
    hello: event.name, left: context.getRemainingTimeInMillis(), id: context.awsRequestId,
    name: context.functionName, arn: context.invokedFunctionArn, memory: context.memoryLimitInMB })`);
  const { payload, functionError, cold, initMs } = await greeter.invoke({ name: '小明' });
  expect(functionError).toBeUndefined();
  expect(payload).toMatchObject({
    hello: '小明',
    name: 'greeter',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:greeter',
    memory: '256',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    left: expect.any(Number),
  });
  expect(cold).toBe(true);
  expect(initMs).toBeGreaterThan(0);
});

it('keeps an environment warm, so that what the code remembers is still there', async () => {
  const counter = await bench.deploy('let n = 0; exports.handler = async () => ({ n: ++n, pid: process.pid })');
  const first = await counter.invoke({});
  const second = await counter.invoke({});
  expect([first.cold, second.cold]).toEqual([true, false]);
  expect(second.payload).toEqual({ ...Object(first.payload), n: 2 });
});

it('opens an environment for each call at the same time, and no more than it may', async () => {
  const code = 'exports.handler = () => new Promise((done) => setTimeout(() => done(process.pid), 100))';
  const slow = await bench.deploy(code, { concurrency: 2 });
  const answers = await Promise.all([1, 2, 3, 4].map((event) => slow.invoke(event)));
  expect(new Set(answers.map((answer) => answer.payload)).size).toBe(2);
  expect(answers.filter((answer) => answer.cold)).toHaveLength(2);
});

it('tells an error of the handler by its type, message and trace', async () => {
  const broken = await bench.deploy('exports.handler = async () => { throw new TypeError("no card") }');
  const { payload, functionError } = await broken.invoke({});
  expect(functionError).toBe('Unhandled');
  expect(payload).toMatchObject({ errorType: 'TypeError', errorMessage: 'no card', trace: expect.any(Array) });
  expect(bench.lines.join()).toContain('Invoke Error');
});

it('kills a handler at its timeout, and starts afresh for the next event', async () => {
  const hang = 'let n = 0; exports.handler = async (event) => { n += 1; if (event.hang) for (;;); return n }';
  const stubborn = await bench.deploy(hang, { timeout: 0.3 });
  await stubborn.invoke({});
  const { payload } = await stubborn.invoke({ hang: true });
  expect(payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
  expect(Object(payload).errorMessage).toMatch(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 0\.30 seconds$/);
  expect(await stubborn.invoke({})).toMatchObject({ payload: 1, cold: true });
});

it.each([
  ['process.exit(3)', 'Runtime exited with error: exit status 3'],
  ['process.kill(process.pid, "SIGKILL"); await new Promise(() => {})', 'Runtime exited with error: signal: killed'],
  ['await new Promise(() => {})', 'Runtime exited without providing a reason'],
])('notices that the process ended in: %s', async (statement, reason) => {
  const quitter = await bench.deploy(`exports.handler = async () => { ${statement} }`);
  const { payload } = await quitter.invoke({});
  expect(payload).toEqual({ errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining(reason) });
});

it('tells an exception that nobody awaited', async () => {
  const careless = await bench.deploy(
    'exports.handler = () => new Promise(() => setTimeout(() => { throw new Error("later") }))',
  );
  expect((await careless.invoke({})).payload).toMatchObject({ errorType: 'Error', errorMessage: 'later' });
});

it('hands nothing of its own environment on but PATH', async () => {
  process.env.CASEBELL_TEST_SECRET = 'leaked';
  const nosy = await bench.deploy('exports.handler = async () => process.env', {
    variables: { ROUTES: '/opt/a:/opt/b:/optional' },
  });
  const { payload } = await nosy.invoke({});
  delete process.env.CASEBELL_TEST_SECRET;
  expect(payload).not.toHaveProperty('CASEBELL_TEST_SECRET');
  expect(payload).not.toHaveProperty('HOME');
  expect(payload).toMatchObject({
    PATH: process.env.PATH,
    TZ: ':UTC',
    AWS_LAMBDA_FUNCTION_NAME: 'greeter',
    LAMBDA_TASK_ROOT: bench.root,
    NODE_PATH: '/nowhere/nodejs/node_modules',
    ROUTES: '/nowhere/a:/nowhere/b:/optional',
  });
});

it('passes on every line that the function writes', async () => {
  const chatty = await bench.deploy(
    'exports.handler = async () => { console.log("第一行\\nsecond"); console.error("third") }',
  );
  await chatty.invoke({});
  expect(bench.lines).toEqual(expect.arrayContaining(['第一行', 'second', 'third']));
});

it('leaves no process behind when it closes, not even a busy one', async () => {
  const busy = await bench.deploy('exports.handler = async (e) => { if (e.pid) return process.pid; for (;;); }', {
    timeout: 60,
  });
  const { payload: pid } = await busy.invoke({ pid: true });
  const running = busy.invoke({});
  await sleep(50);
  await busy.close();
  expect((await running).payload).toMatchObject({ errorType: 'Runtime.ExitError' });
  expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
});

it('writes Lambda’s JSON lines when the function wants them', async () => {
  const code = "exports.handler = async () => { console.warn({ event: 'x' }); console.info('hello', 1); };";
  const greeter = await bench.deploy(code, { logFormat: 'JSON' });
  const before = bench.lines.length;
  await greeter.invoke({});
  const lines = bench.lines.slice(before).flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
  expect(lines).toEqual([
    expect.objectContaining({ level: 'WARN', message: { event: 'x' }, requestId: expect.any(String) }),
    expect.objectContaining({ level: 'INFO', message: 'hello 1' }),
  ]);
});
