import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compileBootstrap } from './compile-bootstrap';
import { createAsyncQueue } from './mailbox';
import { openRuntimeApi, type RuntimeMessage } from './runtime-api';

const INVOCATION = {
  id: 'one',
  arn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
  trace: 'Root=1',
  deadline: 0,
  clock: { realMs: 0, clockMs: 0, rate: 1 },
};

async function open() {
  const mailbox = createAsyncQueue<RuntimeMessage>();
  const api = await openRuntimeApi(mailbox.put);
  return { ...api, heard: mailbox.take, url: `http://${api.address}/2018-06-01/runtime` };
}

it("speaks Lambda's protocol to any runtime that asks", async () => {
  const api = await open();
  const next = fetch(`${api.url}/invocation/next`);
  const asked = await api.heard();
  if (asked.kind === 'next') asked.give({ ...INVOCATION, event: { hello: '世界' } });
  const work = await next;
  expect(work.headers.get('lambda-runtime-aws-request-id')).toBe('one');
  expect(work.headers.get('lambda-runtime-trace-id')).toBe('Root=1');
  expect(await work.json()).toEqual({ hello: '世界' });
  const answer = await fetch(`${api.url}/invocation/one/response`, { method: 'POST', body: '{"ok":true}' });
  expect(answer.status).toBe(202);
  expect(await api.heard()).toEqual({ kind: 'answer', id: 'one', outcome: { payload: { ok: true } } });
  api.close();
});

it('refuses what is not in the protocol', async () => {
  const api = await open();
  expect((await fetch(`${api.url}/invocation/one/other`, { method: 'POST' })).status).toBe(404);
  expect((await fetch(`${api.url}/invocation/one/response`, { method: 'POST', body: '{' })).status).toBe(400);
  api.close();
});

it.each(['', 'setInterval(() => {}, 1000); await new Promise(() => {});'])(
  'lets no process outlive the one that started it, while it runs: %j',
  async (statement) => {
    const [bootstrap, root, api] = [
      await compileBootstrap(),
      await mkdtemp(join(tmpdir(), 'casebell-code-')),
      await open(),
    ];
    await writeFile(join(root, 'index.js'), `exports.handler = async () => { ${statement} }`);
    const env = { AWS_LAMBDA_RUNTIME_API: api.address, LAMBDA_TASK_ROOT: root, _HANDLER: 'index.handler' };
    const child = spawn(process.execPath, [bootstrap], { env, stdio: 'inherit' });
    const asked = await api.heard();
    if (statement && asked.kind === 'next') asked.give({ ...INVOCATION, event: {} });
    api.close();
    expect(await once(child, 'exit')).toEqual([0, null]);
    await Promise.all([dirname(bootstrap), root].map((folder) => rm(folder, { recursive: true })));
  },
);
