import { once } from 'node:events';
import { request } from 'node:http';
import { type TalkVisitor, visit } from './visitor.fixture';

let visitor: TalkVisitor;
beforeEach(async () => {
  visitor = await visit();
});
afterEach(() => visitor.close());

const said = () => ({ by: visitor.me, talk: visitor.group.id, text: '关闭 42' });
const own = () => new URL(visitor.url).host;

it.each([
  ['another site', 403, { origin: 'https://evil.example' }],
  ['another port of this machine', 403, { origin: 'http://127.0.0.1:1' }],
  ['a sandboxed frame', 403, { origin: 'null' }],
  ['a foreign name that leads to this machine', 403, { host: 'evil.example', origin: 'http://evil.example' }],
  ['another form of the same port', 403, { host: '127.0.0.1' }],
  ['a form of another site', 415, { 'content-type': 'text/plain' }],
  ['no type at all', 415, { 'content-type': undefined }],
  ['something too large', 413, { 'content-length': `${8 * 2 ** 20 + 1}` }],
  ['something of unknown length', 411, { 'content-length': undefined, 'transfer-encoding': 'chunked' }],
])('never acts for %s, and says why', async (_, status, headers) => {
  const answer = await visitor.post('/talks/dingtalk/say', said(), headers);
  expect(answer).toMatchObject({ status, body: { error: expect.stringMatching(/\.$/) } });
  expect(visitor.heard).toEqual([]);
  expect(visitor.group.posts).toEqual([]);
});

it('acts for its own page, by either name of this machine', async () => {
  for (const host of [own(), own().replace('127.0.0.1', 'localhost')]) {
    const answer = await visitor.post('/talks/dingtalk/say', said(), { host, origin: `http://${host}` });
    expect(answer.status).toBe(200);
  }
  expect(visitor.heard).toHaveLength(2);
});

it('never gives another site leave to send JSON', async () => {
  const asked = await fetch(`${visitor.url}/talks/dingtalk/say`, { method: 'OPTIONS' });
  expect(asked.headers.get('access-control-allow-origin')).toBeNull();
  expect(asked.ok).toBe(false);
});

it('shows the talks to nobody who came by a foreign name', async () => {
  const look = request(`${visitor.url}/talks`, { headers: { host: 'evil.example' } }).end();
  const [response] = await once(look, 'response');
  expect(response.resume().statusCode).toBe(403);
});
