import { setTimeout as sleep } from 'node:timers/promises';
import { createClock } from '../clock';
import { openTestFunctions, type TestFunctions } from './workbench';

let bench: TestFunctions;

beforeAll(async () => {
  bench = await openTestFunctions();
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

it('follows the clock: sleeps, deadline and time of day at its rate', async () => {
  const code = `exports.handler = async (event, context) => {
    const before = [Date.now(), performance.now()];
    await new Promise((done) => setTimeout(done, 5000));
    return { shown: Date.now() - before[0], real: performance.now() - before[1], at: before[0],
      left: context.getRemainingTimeInMillis(), later: new Date().getTime() < before[0] } }`;
  const clock = createClock();
  const sleeper = await bench.deploy(code, { timeout: 60, clock });
  clock.rate = 60;
  await new Promise((done) => setTimeout(done, 20));
  const began = clock.now();
  const first = Object((await sleeper.invoke({})).payload);
  expect(first.at).toBeGreaterThanOrEqual(Math.floor(began));
  expect(first.at).toBeLessThanOrEqual(clock.now());
  expect(first.real).toBeLessThan(1000);
  expect(first.shown).toBeGreaterThanOrEqual(4940);
  expect(first.left).toBeLessThanOrEqual(55_060);
  expect(first.left).toBeGreaterThan(0);
  expect(first.later).toBe(true);
  clock.rate = 600;
  expect(Object((await sleeper.invoke({})).payload).real).toBeLessThan(80);
});

it('replaces nothing in a process while the clock is the machine’s', async () => {
  const code = `const own = [Date.now, setTimeout]; exports.handler = async () => own[0] === Date.now && own[1] === setTimeout`;
  const clock = createClock();
  const plain = await bench.deploy(code, { clock });
  expect((await plain.invoke({})).payload).toBe(true);
  clock.rate = 2;
  expect((await plain.invoke({})).payload).toBe(false);
});

it('ends a handler at its timeout by the clock', async () => {
  const code = 'exports.handler = () => new Promise((done) => setTimeout(done, 120_000))';
  const slow = await bench.deploy(code, { timeout: 60, clock: createClock({ rate: 200 }) });
  expect((await slow.invoke({})).payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
});

it('dies of a crash whatever it does, and starts afresh for the next event', async () => {
  const code = 'let n = 0; exports.handler = (e) => (e.hang ? new Promise((d) => setTimeout(d, 60_000)) : ++n)';
  const victim = await bench.deploy(code, { timeout: 60 });
  await victim.invoke({});
  const running = [1, 2].map(() => victim.invoke({ hang: true }));
  await sleep(300);
  await victim.crash();
  for (const { payload, functionError } of await Promise.all(running)) {
    expect(functionError).toBe('Unhandled');
    expect(payload).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('signal: killed'),
    });
  }
  expect(await victim.invoke({})).toMatchObject({ payload: 1, cold: true });
  await victim.crash();
  expect(await victim.invoke({})).toMatchObject({ payload: 1, cold: true });
});
