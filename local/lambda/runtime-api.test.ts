import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compileBootstrap } from './compile-bootstrap';
import { createAsyncQueue, openRuntimeApi, type RuntimeMessage } from './runtime-api';

const INVOCATION = {
  id: 'one',
  arn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
  trace: 'Root=1',
  deadline: 0,
  clock: { realMs: 0, clockMs: 0, rate: 1 },
};

async function open() {
  const queue = createAsyncQueue<RuntimeMessage>();
  const api = await openRuntimeApi(queue.put);
  return { ...api, received: queue.take, url: `http://${api.address}/2018-06-01/runtime` };
}

it('rejects an unknown path and malformed JSON', async () => {
  const api = await open();
  expect((await fetch(`${api.url}/invocation/one/other`, { method: 'POST' })).status).toBe(404);
  expect((await fetch(`${api.url}/invocation/one/response`, { method: 'POST', body: '{' })).status).toBe(400);
  api.close();
});

it.each(['', 'setInterval(() => {}, 1000); await new Promise(() => {});'])(
  'a runtime process exits when its parent closes the connection, while it runs: %j',
  async (statement) => {
    const [bootstrap, root, api] = [
      await compileBootstrap(),
      await mkdtemp(join(tmpdir(), 'casebell-code-')),
      await open(),
    ];
    await writeFile(join(root, 'index.js'), `exports.handler = async () => { ${statement} }`);
    const env = { AWS_LAMBDA_RUNTIME_API: api.address, LAMBDA_TASK_ROOT: root, _HANDLER: 'index.handler' };
    const child = spawn(process.execPath, [bootstrap], { env, stdio: 'inherit' });
    const call = await api.received();
    if (statement && call.kind === 'next') call.respond({ ...INVOCATION, event: {} });
    api.close();
    expect(await once(child, 'exit')).toEqual([0, null]);
    await Promise.all([dirname(bootstrap), root].map((folder) => rm(folder, { recursive: true })));
  },
);
