import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { type LocalAws, startAws } from './start-aws';

let aws: LocalAws;
let log: string[];

beforeEach(async () => {
  log = [];
  aws = await startAws({ account: '111122223333', region: 'eu-west-1', log: (line) => log.push(line) });
});

afterEach(() => aws.close());

const urls = (): URL[] =>
  Object.entries(aws.env)
    .filter(([name]) => name.startsWith('AWS_ENDPOINT_URL'))
    .map(([, url]) => new URL(url));

const isListening = (host: string, port: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: 500 });
    const done = (isConnected: boolean) => () => {
      socket.destroy();
      resolve(isConnected);
    };
    socket.once('connect', done(true)).once('error', done(false)).once('timeout', done(false));
  });

it('listens on the loopback address only', async () => {
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  const others = addresses
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
  for (const { port } of urls()) {
    expect(await isListening('127.0.0.1', port)).toBe(true);
    for (const other of ['127.0.0.2', ...others]) expect(await isListening(other, port)).toBe(false);
  }
});

it('stops listening when it is closed and can be started again', async () => {
  const closed = urls();
  await aws.close();
  for (const { port } of closed) expect(await isListening('127.0.0.1', port)).toBe(false);
  aws = await startAws({ log: (line) => log.push(line) });
  const client = new DynamoDBClient({ ...settings(), endpoint: aws.env.AWS_ENDPOINT_URL_DYNAMODB });
  expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  client.destroy();
});

it('rejects a service without an emulator and logs its name without credentials', async () => {
  const client = new DynamoDBClient({ ...settings(), endpoint: aws.env.AWS_ENDPOINT_URL });
  await expect(client.send(new ListTablesCommand({}))).rejects.toMatchObject({
    name: 'NotImplemented',
    $metadata: { httpStatusCode: 501, attempts: 1 },
  });
  client.destroy();
  expect(log).toEqual(['aws: rejected a call to dynamodb: it has no emulator.']);
});

const settings = () => ({
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIA111122223333CASE', secretAccessKey: 'secret', sessionToken: 'token' },
});
