import { Agent, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import type { ClockState } from '../clock';

export interface RuntimeInvocation {
  id: string;
  arn: string;
  trace: string;
  /** Milliseconds since 1970. */
  deadline: number;
  /** Absent on a real Lambda. */
  clock?: ClockState;
  event: unknown;
}

export interface RuntimeClient {
  next(): Promise<RuntimeInvocation>;
  respond(id: string, payload: unknown): Promise<void>;
  fail(path: string, failure: { errorType: string }): Promise<void>;
}

/** The runtime's side of Lambda's Runtime API (2018-06-01) over one connection; when it closes, the process exits. */
export function openRuntimeClient(address: string): RuntimeClient {
  const [host, port] = address.split(':');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  function call(path: string, body?: string, headers?: OutgoingHttpHeaders): Promise<IncomingMessage> {
    return new Promise((resolve) => {
      const method = body === undefined ? 'GET' : 'POST';
      const options = { host, port, agent, method, path: `/2018-06-01/runtime/${path}`, headers };
      const sent = request(options, resolve);
      sent.on('socket', (socket) => socket.off('close', exit).on('close', exit));
      sent.on('error', exit);
      sent.end(body);
    });
  }

  async function post(path: string, value: unknown, headers: OutgoingHttpHeaders = {}): Promise<void> {
    await read(await call(path, JSON.stringify(value) ?? 'null', { 'Content-Type': 'application/json', ...headers }));
  }

  return {
    next: async () => parseInvocation(await call('invocation/next')),
    respond: (id, payload) => post(`invocation/${id}/response`, payload),
    fail: (path, failure) => post(path, failure, { 'Lambda-Runtime-Function-Error-Type': failure.errorType }),
  };
}

/** The parent process has ended, so no other process would end this one. */
function exit(): void {
  process.exit(0);
}

async function read(message: IncomingMessage): Promise<string> {
  let body = '';
  message.setEncoding('utf8');
  for await (const chunk of message) body += chunk;
  return body;
}

async function parseInvocation(message: IncomingMessage): Promise<RuntimeInvocation> {
  const header = (name: string): string => String(message.headers[`lambda-runtime-${name}`] ?? '');
  const clock = message.headers['casebell-clock'];
  return {
    id: header('aws-request-id'),
    arn: header('invoked-function-arn'),
    trace: header('trace-id'),
    deadline: Number(header('deadline-ms')),
    ...(clock ? { clock: JSON.parse(String(clock)) } : {}),
    event: JSON.parse(await read(message)),
  };
}
