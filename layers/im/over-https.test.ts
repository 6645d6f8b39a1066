import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import axios from 'axios';
import { overHttps } from './over-https';

const BODY = 'y'.repeat(60_000);
const http = axios.create({ adapter: overHttps, responseType: 'text', validateStatus: () => true });

/** A server that says all it has to say at once and hangs up, whether or not anybody has listened to the end. */
async function hangingUp(): Promise<{ url: string; close(): void }> {
  const answer = `HTTP/1.1 200 OK\r\nContent-Length: ${BODY.length}\r\nConnection: close\r\n\r\n${BODY}`;
  const server = createServer((socket) => socket.on('error', () => undefined).once('data', () => socket.end(answer)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}

it('takes an answer for an answer, however soon the connection is closed behind it', async () => {
  const { url, close } = await hangingUp();
  const answers = await Promise.allSettled(Array.from({ length: 300 }, () => http.post(url, '{}', { timeout: 5_000 })));
  close();
  const whole = answers.filter((answer) => answer.status === 'fulfilled' && answer.value.data.length === BODY.length);
  expect(whole).toHaveLength(300);
});
