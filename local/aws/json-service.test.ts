import { type Caller, callerOf } from './caller';
import { startJsonService } from './json-service';
import type { Listener } from './listener';
import { invalid, ServiceError } from './service-error';

const credential = (accessKey: string, service = 'bells') =>
  `AWS4-HMAC-SHA256 Credential=${accessKey}/20261120/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=00`;

const log: string[] = [];
let listener: Listener;

beforeAll(async () => {
  const operations = {
    Ring: (input: object, caller: Caller) => ({ input, caller }),
    Nothing: () => undefined,
    async Reject() {
      throw new ServiceError('NoBellException', '没有铃', 404, { Bell: 7 });
    },
    Invalid: () => {
      throw invalid('no');
    },
    Break: () => {
      throw new TypeError('a bug in the emulator');
    },
  };
  const service = { name: 'bells', target: 'Bells_2026', version: '1.1', operations, maxBytes: 100 } as const;
  listener = await startJsonService(service, { account: '111122223333', now: () => 0, log: (line) => log.push(line) });
});

beforeEach(() => {
  log.length = 0;
});

afterAll(() => listener.close());

async function call(operation: string, body: string = '{}', more: Record<string, string> = {}) {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `Bells_2026.${operation}`,
    authorization: credential('AKIA444455556666CASE'),
    ...more,
  };
  const response = await fetch(listener.url, { method: 'POST', headers, body });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
}

it('passes the input and the caller to the operation', async () => {
  const accessKey = 'AKIA444455556666CASE';
  const caller = { accessKey, account: '444455556666', region: 'eu-west-1', service: 'bells', isAws: false };
  expect(await call('Ring', '{"铃":1}')).toEqual({
    status: 200,
    type: 'application/x-amz-json-1.1',
    body: { input: { 铃: 1 }, caller },
  });
});

it.each([
  ['no output', 'Nothing', 200, {}],
  ['a ServiceError', 'Reject', 404, { __type: 'NoBellException', message: '没有铃', Bell: 7 }],
  ['an invalid input', 'Invalid', 400, { __type: 'ValidationException', message: 'no' }],
])('responds to %s', async (_, operation, status, body) => {
  expect(await call(operation)).toMatchObject({ status, body });
});

it('logs a bug of the emulator and hides it from the client', async () => {
  const { status, body } = await call('Break');
  expect([status, body]).toEqual([500, { __type: 'InternalFailure', message: 'An internal error occurred.' }]);
  expect(log).toEqual([expect.stringContaining('bells: TypeError: a bug in the emulator')]);
});

it.each<[string, string, string, Record<string, string>, number, string]>([
  ['an unknown operation', 'Toll', '{}', {}, 400, 'UnknownOperationException'],
  ['an operation that every object inherits', 'toString', '{}', {}, 400, 'UnknownOperationException'],
  ['an operation of another service', 'Ring', '{}', { 'x-amz-target': 'Gongs.Ring' }, 400, 'UnknownOperationException'],
  ['another content type', 'Ring', '{}', { 'content-type': 'text/plain' }, 400, 'UnknownOperationException'],
  ['text that is not JSON', 'Ring', '{"a":', {}, 400, 'SerializationException'],
  ['JSON that is not an object', 'Ring', '[1]', {}, 400, 'SerializationException'],
  ['an empty body', 'Ring', '', {}, 400, 'SerializationException'],
  ['a body over the limit', 'Ring', `{"a":"${'满'.repeat(40)}"}`, {}, 413, 'RequestEntityTooLargeException'],
  ['no signature', 'Ring', '{}', { authorization: '' }, 403, 'MissingAuthenticationTokenException'],
  ['half a scope', 'Ring', '{}', { authorization: 'Credential=AKIA/x' }, 403, 'MissingAuthenticationTokenException'],
  [
    'another service’s signature',
    'Ring',
    '{}',
    { authorization: credential('A', 'gongs') },
    403,
    'InvalidSignatureException',
  ],
])('rejects %s', async (_, operation, body, headers, status, code) => {
  expect(await call(operation, body, headers)).toMatchObject({ status, body: { __type: code } });
  expect(log).toEqual([]);
});

it.each([
  ['AKIA444455556666CASE', '444455556666', false],
  ['ASIA444455556666A1B2', '444455556666', false],
  ['AWSSERVICE', '111122223333', true],
  ['AWSSERVICE444455556666', '444455556666', true],
  ['local', '111122223333', false],
])('callerOf() reads account and kind from the access key %s', (accessKey, account, isAws) => {
  const headers = { authorization: credential(accessKey) };
  expect(callerOf(headers, 'bells', '111122223333')).toMatchObject({ account, isAws });
});
