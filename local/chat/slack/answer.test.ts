import { enter, type Visitor } from '../visitor';

const URL = 'https://hooks.slack.com/services/T000/B000/XXX';
const header = (text: string) => ({ type: 'header', text: { type: 'plain_text', text } });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const fields = (count: number, text: string) => ({
  type: 'section',
  fields: Array.from({ length: count }, () => ({ type: 'mrkdwn', text })),
});
const button = (more: object) => ({
  type: 'actions',
  elements: [{ type: 'button', text: { type: 'plain_text', text: '打开' }, ...more }],
});
const url = (length: number) => 'https://a.example/'.padEnd(length, 'x');

let visitor: Visitor;
beforeEach(async () => {
  visitor = await enter({ platform: 'slack', url: URL });
});
afterEach(() => visitor.chats.close());

describe('Slack', () => {
  it('says ok in plain text, and shows the message', async () => {
    expect(await visitor.send({ text: '你好' })).toMatchObject({ status: 200, body: 'ok' });
    expect(visitor.room.messages).toHaveLength(1);
  });

  it.each([
    ['a url of nobody', { text: 'x' }, { url: 'https://hooks.slack.com/services/T000/B000/YYY' }, 404, 'no_service'],
    ['GET', {}, { method: 'GET' }, 400, 'invalid_payload'],
    ['plain text', 'text', { type: 'text/plain' }, 400, 'invalid_payload'],
    ['half a JSON', '{"text":', {}, 400, 'invalid_payload'],
    ['nothing to say', { username: 'x' }, {}, 400, 'no_text'],
    ['nothing to say, in a list', { blocks: [] }, {}, 400, 'no_text'],
  ])('refuses %s with a word', async (_, body, visit, status, word) => {
    expect(await visitor.send(body, visit)).toMatchObject({ status, body: word });
    expect(visitor.room.messages).toEqual([]);
  });

  it.each([
    ['header', [header('告'.repeat(150))], [header('告'.repeat(151))]],
    ['section', [section('告'.repeat(3000))], [section('告'.repeat(3001))]],
    ['fields', [fields(10, 'a')], [fields(11, 'a')]],
    ['field', [fields(1, 'a'.repeat(2000))], [fields(1, 'a'.repeat(2001))]],
    ['message', Array(50).fill(section('a')), Array(51).fill(section('a'))],
    ['button url', [button({ url: url(3000) })], [button({ url: url(3001) })]],
    ['type', [{ type: 'divider' }], [{ type: 'hr' }]],
    ['text object', [section('a')], [{ type: 'section', text: 'a' }]],
    ['text', [section('a')], [section('')]],
    ['header text', [header('a')], [{ type: 'header', text: { type: 'mrkdwn', text: 'a' } }]],
    ['button text', [button({})], [button({ text: { type: 'mrkdwn', text: 'a' } })]],
  ])('keeps the rules of Block Kit for a %s', async (_, good, bad) => {
    expect(await visitor.send({ blocks: good })).toMatchObject({ status: 200 });
    visitor.clock.now += 1000;
    expect(await visitor.send({ blocks: bad })).toMatchObject({ status: 400, body: 'invalid_blocks' });
    visitor.clock.now += 1000;
    expect(await visitor.send({ attachments: [{ blocks: bad }] })).toMatchObject({ body: 'invalid_attachments' });
  });

  it('refuses blocks that are too long together', async () => {
    const blocks = Array(5).fill(section('a'.repeat(2700)));
    expect(await visitor.send({ blocks })).toMatchObject({ status: 400, body: 'msg_blocks_too_long' });
  });

  it('takes one message a second, and asks for patience', async () => {
    expect((await visitor.send({ text: 'x' })).status).toBe(200);
    visitor.clock.now += 999;
    const answer = await visitor.send({ text: 'x' });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('1');
    visitor.clock.now += 1;
    expect((await visitor.send({ text: 'x' })).status).toBe(200);
  });
});
