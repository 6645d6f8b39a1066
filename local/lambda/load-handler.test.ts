import { openTestFunctions, type TestFunctions } from './workbench';

let bench: TestFunctions;

beforeAll(async () => {
  bench = await openTestFunctions();
});

afterAll(() => bench.close());

it.each([
  ['Runtime.ImportModuleError', 'missing.handler', ''],
  ['Runtime.ImportModuleError', 'index.handler', 'require("./not-there")'],
  ['Runtime.HandlerNotFound', 'index.other', 'exports.handler = 1'],
  ['Runtime.UserCodeSyntaxError', 'index.handler', 'const const'],
  ['Runtime.MalformedHandlerName', 'index', ''],
  ['RangeError', 'index.handler', 'throw new RangeError("at start")'],
])('reports %s for %s of %j', async (errorType, handler, code) => {
  const { payload, functionError } = await (await bench.deploy(code, { handler })).invoke({});
  expect(functionError).toBe('Unhandled');
  expect(payload).toMatchObject({ errorType, errorMessage: expect.any(String) });
});

it.each([
  ['module.mjs', 'module.handler', 'export const handler = async () => "esm"', 'esm'],
  ['common.cjs', 'common.handler', 'exports.handler = () => "cjs"', 'cjs'],
  ['nested.js', 'nested.case.bot', 'exports.case = { bot: () => "nested" }', 'nested'],
])('loads %s for the handler %s', async (file, handler, code, answer) => {
  expect((await (await bench.deploy(code, { handler }, file)).invoke({})).payload).toBe(answer);
});
