import { openWebhook, type WebhookClient } from '../webhook.fixture';
import { view } from './webhook-view';

const URL = 'https://hooks.slack.com/services/T000/B000/XXX';
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const header = (text: string) => ({ type: 'header', text: plain(text) });
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const fields = (count: number, text: string) => ({ type: 'section', fields: Array(count).fill(mrkdwn(text)) });
const button = (more: object) => ({ type: 'actions', elements: [{ type: 'button', text: plain('打开'), ...more }] });
const url = (length: number) => 'https://a.example/'.padEnd(length, 'x');

describe('the webhook of Slack', () => {
  let client: WebhookClient;
  beforeEach(async () => {
    client = await openWebhook({ platform: 'slack', url: URL });
  });
  afterEach(() => client.chats.close());

  it.each([
    ['an unknown URL', { text: 'x' }, { url: 'https://hooks.slack.com/services/T000/B000/YYY' }, 404, 'no_service'],
    ['GET', {}, { method: 'GET' }, 400, 'invalid_payload'],
    ['plain text', 'text', { type: 'text/plain' }, 400, 'invalid_payload'],
    ['invalid JSON', '{"text":', {}, 400, 'invalid_payload'],
    ['a message without text', { username: 'x' }, {}, 400, 'no_text'],
    ['a message without blocks', { blocks: [] }, {}, 400, 'no_text'],
    ['too long blocks', { blocks: Array(5).fill(section('a'.repeat(2700))) }, {}, 400, 'msg_blocks_too_long'],
  ])('rejects %s', async (_, body, options, status, code) => {
    expect(await client.send(body, options)).toMatchObject({ status, body: code });
    expect(client.room.messages).toEqual([]);
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
    ['header text', [header('a')], [{ type: 'header', text: mrkdwn('a') }]],
    ['button text', [button({})], [button({ text: mrkdwn('a') })]],
  ])('enforces the rules of Block Kit for a %s', async (_, good, bad) => {
    expect(await client.send({ blocks: good })).toMatchObject({ status: 200, body: 'ok' });
    client.clock.now += 1000;
    expect(await client.send({ blocks: bad })).toMatchObject({ status: 400, body: 'invalid_blocks' });
    client.clock.now += 1000;
    expect(await client.send({ attachments: [{ blocks: bad }] })).toMatchObject({ body: 'invalid_attachments' });
  });

  it('accepts one message a second, and asks to retry after a second', async () => {
    expect((await client.send({ text: 'x' })).status).toBe(200);
    client.clock.now += 999;
    const { status, headers } = await client.send({ text: 'x' });
    expect([status, headers.get('retry-after')]).toEqual([429, '1']);
    client.clock.now += 1;
    expect((await client.send({ text: 'x' })).status).toBe(200);
  });
});

describe('the view of a Slack message', () => {
  const linesOf = (text: string) => view({ blocks: [section(text)] }).lines;

  it('takes the title from the header, and the mark from the attachment or an emoji', () => {
    const attachments = [{ color: '#e01e5a', blocks: [header('告警'), section('a')] }];
    expect(view({ attachments })).toMatchObject({ title: '告警', mark: '#e01e5a', lines: ['a'] });
    expect(view({ blocks: [header(':red_circle: 告警')] })).toMatchObject({ title: '告警', mark: '🔴' });
  });

  it('reads bold, italic, strike, code, links and quotations, and entities last', () => {
    const text = '*账户*: `a*b*c` _i_ ~s~ <https://a.example/x_y_z|控制台>\n> q\n&gt; r';
    expect(linesOf(text)).toEqual(['账户: a*b*c i s 控制台 <https://a.example/x_y_z>', '│ q', '│ r']);
    expect(linesOf('&lt;!channel&gt; &amp;lt; a&amp;b')).toEqual(['<!channel> &lt; a&b']);
  });

  it.each([
    [{ blocks: [section('<!channel> <!here> <!subteam^S1> <@U1|li> <#C1|ops>')] }, ['@all', '@here', '@S1', '@U1']],
    [{ text: '&lt;!channel&gt; @channel @here' }, []],
    [{ blocks: [section('`<!here>`')] }, ['@here']],
    [{ text: '<!channel>', blocks: [section('a')] }, ['@all']],
    [{ blocks: [header('<!channel>')] }, []],
    [{ text: 'a @channel', link_names: 1 }, ['@all']],
    [{ text: 'a@here @here', parse: 'full' }, ['@here']],
  ])('has the mentions of %j', (payload, mentions) => {
    expect(view(payload).mentions).toEqual(mentions);
  });

  it('shows fields, contexts, rules, buttons and old attachments', () => {
    const context = { type: 'context', elements: [plain('*c*')] };
    const blocks = [fields(1, '*a*\n1'), { type: 'divider' }, context, button({ url: 'https://a.example' })];
    expect(view({ blocks }).lines).toEqual(['a', '1', '────', '*c*', '打开 <https://a.example>']);
    const attachments = [{ color: 'danger', title: 't', text: '*x*', fields: [{ title: 'k', value: 'v' }] }];
    expect(view({ text: 'hi', attachments })).toMatchObject({ mark: 'danger', lines: ['hi', 't', 'x', 'k: v'] });
  });
});
