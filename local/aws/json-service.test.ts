import { type Caller, callerOf } from './caller';
import { startJsonService } from './json-service';
import type { Listener } from './listener';
import { invalid, ServiceError } from './service-error';

const scope = (accessKey: string, service = 'bells', region = 'eu-west-1') =>
  `AWS4-HMAC-SHA256 Credential=${accessKey}/20261120/${region}/${service}/aws4_request, SignedHeaders=host, Signature=00`;

let log: string[];
let listener: Listener;

beforeEach(async () => {
  log = [];
  const operations = {
    Ring: (input: object, caller: Caller) => ({ input, caller }),
    Nothing: () => undefined,
    async Refuse() {
      throw new ServiceError('NoBellException', '没有铃', 404, { Bell: 7 });
    },
    Invalid: () => {
      throw invalid('no');
    },
    Break: () => {
      throw new TypeError('the clapper fell off');
    },
  };
  const service = { name: 'bells', target: 'Bells_2026', version: '1.1', operations, limit: 100 } as const;
  listener = await startJsonService(service, { account: '111122223333', now: Date.now, log: (line) => log.push(line) });
});

afterEach(() => listener.close());

async function call(operation: string, body: string = '{}', more: Record<string, string> = {}) {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `Bells_2026.${operation}`,
    authorization: scope('AKIA444455556666CASE'),
    ...more,
  };
  const response = await fetch(listener.url, { method: 'POST', headers, body });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
}

it('hands an operation its input and who is calling', async () => {
  const caller = {
    accessKey: 'AKIA444455556666CASE',
    account: '444455556666',
    region: 'eu-west-1',
    service: 'bells',
    isAws: false,
  };
  expect(await call('Ring', '{"铃":1}')).toEqual({
    status: 200,
    type: 'application/x-amz-json-1.1',
    body: { input: { 铃: 1 }, caller },
  });
});

it('answers an operation without output with an empty object', async () => {
  expect((await call('Nothing')).body).toEqual({});
});

it('answers an error with its code, its sentence, its members and its status', async () => {
  expect(await call('Refuse')).toMatchObject({
    status: 404,
    body: { __type: 'NoBellException', message: '没有铃', Bell: 7 },
  });
  expect(await call('Invalid')).toMatchObject({ status: 400, body: { __type: 'ValidationException' } });
});

it('tells the log and not the client what broke inside', async () => {
  const { status, body } = await call('Break');
  expect({ status, body }).toEqual({
    status: 500,
    body: { __type: 'InternalFailure', message: 'An internal error occurred.' },
  });
  expect(log).toEqual([expect.stringContaining('bells: TypeError: the clapper fell off')]);
});

it.each<[string, string, string | undefined, Record<string, string>, number, string]>([
  ['an unknown operation', 'Toll', '{}', {}, 400, 'UnknownOperationException'],
  ['an operation every object inherits', 'toString', '{}', {}, 400, 'UnknownOperationException'],
  ['an operation of another service', 'Ring', '{}', { 'x-amz-target': 'Gongs.Ring' }, 400, 'UnknownOperationException'],
  ['another content type', 'Ring', '{}', { 'content-type': 'text/plain' }, 400, 'UnknownOperationException'],
  ['text that is not JSON', 'Ring', '{"a":', {}, 400, 'SerializationException'],
  ['JSON that is no object', 'Ring', '[1]', {}, 400, 'SerializationException'],
  ['an empty body', 'Ring', '', {}, 400, 'SerializationException'],
  [
    'a body over the limit, in Chinese',
    'Ring',
    `{"a":"${'满'.repeat(40)}"}`,
    {},
    413,
    'RequestEntityTooLargeException',
  ],
  ['a request without signature', 'Ring', '{}', { authorization: '' }, 403, 'MissingAuthenticationTokenException'],
  ['half a scope', 'Ring', '{}', { authorization: 'Credential=AKIA/x' }, 403, 'MissingAuthenticationTokenException'],
  [
    'a signature for another service',
    'Ring',
    '{}',
    { authorization: scope('A', 'gongs') },
    403,
    'InvalidSignatureException',
  ],
])('refuses %s', async (_, operation, body, headers, status, code) => {
  expect(await call(operation, body, headers)).toMatchObject({ status, body: { __type: code } });
  expect(log).toEqual([]);
});

it.each([
  ['AKIA444455556666CASE', '444455556666', false],
  ['ASIA444455556666A1B2', '444455556666', false],
  ['AWSSERVICE', '111122223333', true],
  ['AWSSERVICE444455556666', '444455556666', true],
  ['local', '111122223333', false],
])('knows the account behind the access key %s', (accessKey, account, isAws) => {
  expect(callerOf({ authorization: scope(accessKey) }, 'bells', '111122223333')).toMatchObject({ account, isAws });
});
