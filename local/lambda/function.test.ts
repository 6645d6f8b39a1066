import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createClock } from '../clock';
import { until } from '../stack/bot.fixture';
import { compileBootstrap } from './compile-bootstrap';
import type { FunctionSettings } from './environment';
import { type LambdaFunction, openFunction } from './function';

interface TestFunctions {
  /** The folder of the code. */
  readonly root: string;
  /** Output lines of the functions. */
  readonly lines: string[];
  /** Deploys a function with this code; by default in `index.js` with handler `index.handler`. */
  deploy(code: string, settings?: Partial<FunctionSettings>, file?: string): Promise<LambdaFunction>;
  close(): Promise<void>;
}

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:greeter';

/** Functions whose code is part of a test, in a temporary folder. */
async function openTestFunctions(): Promise<TestFunctions> {
  const bootstrap = await compileBootstrap();
  const root = await mkdtemp(join(tmpdir(), 'casebell-code-'));
  const lines: string[] = [];
  const open: LambdaFunction[] = [];
  const log = (_name: string, line: string): number => lines.push(line);
  const place = { name: 'greeter', region: 'us-east-1', arn: ARN, root, opt: '/nowhere' };
  const limits = { timeout: 3, memory: 256, concurrency: 5 };

  return {
    root,
    lines,
    async deploy(code, settings, file = 'index.js') {
      await writeFile(join(root, file), code);
      const defaults = {
        ...place,
        ...limits,
        handler: 'index.handler',
        variables: {},
        logFormat: 'Text',
        clock: createClock(),
        bootstrap,
        log,
      };
      const one = openFunction({ ...defaults, ...settings });
      open.push(one);
      return one;
    },
    async close() {
      await Promise.all(open.map((one) => one.close()));
      await Promise.all([root, dirname(bootstrap)].map((folder) => rm(folder, { recursive: true })));
    },
  };
}

let functions: TestFunctions;

beforeAll(async () => {
  functions = await openTestFunctions();
});

afterAll(() => functions.close());

it('passes the event and a context as on Lambda to the handler, and returns its result', async () => {
  const greeter = await functions.deploy(`exports.handler = async (event, context) => ({
    hello: event.name, remaining: context.getRemainingTimeInMillis(), id: context.awsRequestId,
    name: context.functionName, arn: context.invokedFunctionArn, memory: context.memoryLimitInMB })`);
  const { payload, functionError, cold, initMs } = await greeter.invoke({ name: '小明' });
  expect([functionError, cold, typeof initMs]).toEqual([undefined, true, 'number']);
  expect(payload).toEqual({
    hello: '小明',
    name: 'greeter',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:greeter',
    memory: '256',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    remaining: expect.any(Number),
  });
});

it('starts an environment for each concurrent call, up to the limit', async () => {
  const code = 'exports.handler = () => new Promise((done) => setTimeout(() => done(process.pid), 100))';
  const slow = await functions.deploy(code, { concurrency: 2 });
  const results = await Promise.all([1, 2, 3, 4].map((event) => slow.invoke(event)));
  expect(new Set(results.map(({ payload }) => payload)).size).toBe(2);
  expect(results.filter(({ cold }) => cold)).toHaveLength(2);
});

it.each([
  ['Runtime.ImportModuleError', 'missing.handler', ''],
  ['Runtime.ImportModuleError', 'index.handler', 'require("./not-there")'],
  ['Runtime.HandlerNotFound', 'index.other', 'exports.handler = 1'],
  ['Runtime.UserCodeSyntaxError', 'index.handler', 'const const'],
  ['Runtime.MalformedHandlerName', 'index', ''],
  ['RangeError', 'index.handler', 'throw new RangeError("at start")'],
  ['TypeError', 'index.handler', 'exports.handler = async () => { throw new TypeError("no card") }'],
  [
    'Error',
    'index.handler',
    'exports.handler = () => new Promise(() => setTimeout(() => { throw new Error("later") }))',
  ],
])('returns %s for handler %s of %j', async (errorType, handler, code) => {
  const { payload, functionError } = await (await functions.deploy(code, { handler })).invoke({});
  expect(functionError).toBe('Unhandled');
  expect(payload).toMatchObject({ errorType, errorMessage: expect.any(String), trace: expect.any(Array) });
});

it('kills a handler at its timeout and starts a new environment for the next event', async () => {
  const code = 'let n = 0; exports.handler = async (event) => { n += 1; if (event.hang) for (;;); return n }';
  const hanging = await functions.deploy(code, { timeout: 0.3 });
  await hanging.invoke({});
  const { payload } = await hanging.invoke({ hang: true });
  expect(payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
  expect(Object(payload).errorMessage).toMatch(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 0\.30 seconds$/);
  expect(await hanging.invoke({})).toMatchObject({ payload: 1, cold: true });
});

it('passes only PATH of its own environment on', async () => {
  process.env.CASEBELL_TEST_SECRET = 'leaked';
  const variables = { ROUTES: '/opt/a:/opt/b:/optional' };
  const { payload } = await (await functions.deploy('exports.handler = async () => process.env', { variables })).invoke(
    {},
  );
  delete process.env.CASEBELL_TEST_SECRET;
  for (const name of ['CASEBELL_TEST_SECRET', 'HOME']) expect(payload).not.toHaveProperty(name);
  expect(payload).toMatchObject({
    PATH: process.env.PATH,
    TZ: ':UTC',
    AWS_LAMBDA_FUNCTION_NAME: 'greeter',
    LAMBDA_TASK_ROOT: functions.root,
    NODE_PATH: '/nowhere/nodejs/node_modules',
    ROUTES: '/nowhere/a:/nowhere/b:/optional',
  });
});

it('writes Lambda’s JSON log lines with log format JSON', async () => {
  const code = "exports.handler = async () => { console.warn({ event: 'x' }); console.info('hello', 1); };";
  const greeter = await functions.deploy(code, { logFormat: 'JSON' });
  const before = functions.lines.length;
  await greeter.invoke({});
  const jsonLines = () => functions.lines.slice(before).filter((line) => line.startsWith('{'));
  await until(() => jsonLines().length === 2);
  expect(jsonLines().map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: 'WARN', message: { event: 'x' }, requestId: expect.any(String) }),
    expect.objectContaining({ level: 'INFO', message: 'hello 1' }),
  ]);
});

/** Writes "running" when the handler has started, and then runs without end. */
const ENDLESS = `let n = 0; exports.handler = async (event) => {
  if (!event.hang) return { n: ++n, pid: process.pid };
  require('node:fs').writeSync(1, 'running\\n');
  if (event.hang === 'busy') for (;;);
  await new Promise((done) => setTimeout(done, 60_000));
}`;

const untilRunning = (count: number) =>
  until(() => functions.lines.filter((line) => line === 'running').length === count);

it('close() ends every process, even a busy one', async () => {
  functions.lines.length = 0;
  const busy = await functions.deploy(ENDLESS, { timeout: 60 });
  const { payload } = await busy.invoke({});
  const running = busy.invoke({ hang: 'busy' });
  await untilRunning(1);
  await busy.close();
  expect((await running).payload).toMatchObject({ errorType: 'Runtime.ExitError' });
  expect(() => process.kill(Object(payload).pid, 0)).toThrow('ESRCH');
});

describe('the clock', () => {
  it('sets time of day, delays and deadline of a function', async () => {
    const code = `exports.handler = async (event, context) => {
      const start = Date.now();
      await new Promise((done) => setTimeout(done, 5000));
      return { start, elapsed: Date.now() - start, remaining: context.getRemainingTimeInMillis(), isAhead: new Date().getTime() < start } }`;
    const clock = createClock();
    const sleeping = await functions.deploy(code, { timeout: 60, clock });
    clock.rate = 600;
    const before = clock.now();
    const { start, elapsed, remaining, isAhead } = Object((await sleeping.invoke({})).payload);
    expect(start).toBeGreaterThanOrEqual(Math.floor(before));
    expect(start).toBeLessThanOrEqual(clock.now());
    expect(elapsed).toBeGreaterThanOrEqual(4000);
    expect(remaining).toBeLessThanOrEqual(60_000 - 4000);
    expect(isAhead).toBe(true);
  });
});
