import { openWebhook, type WebhookClient } from '../webhook.fixture';
import { view } from './webhook-view';

const NEW =
  'https://default0.0.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/0/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=abc';
const OLD =
  'https://prod-00.westus.logic.azure.com:443/workflows/0/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=abc';
const CARD = 'application/vnd.microsoft.card.adaptive';
const wrap = (content: unknown, contentType = CARD) => ({ type: 'message', attachments: [{ contentType, content }] });
const adaptive = (...body: unknown[]) => ({ type: 'AdaptiveCard', version: '1.4', body });
const block = (text: string, more = {}) => ({ type: 'TextBlock', text, wrap: true, ...more });
const good = wrap(adaptive(block('你好')));

describe.each([
  ['powerplatform', NEW],
  ['logic.azure.com', OLD],
])('the Workflows URL of Teams on %s', (_, url) => {
  let client: WebhookClient;
  beforeEach(async () => {
    client = await openWebhook({ platform: 'teams', url });
  });
  afterEach(() => client.chats.close());

  it('accepts four messages a second with 202', async () => {
    for (let sent = 0; sent < 4; sent += 1) expect(await client.send(good)).toMatchObject({ status: 202, body: '' });
    expect((await client.send(good)).status).toBe(429);
    client.clock.now += 1000;
    expect((await client.send(good)).status).toBe(202);
    expect(client.room.messages).toHaveLength(5);
  });

  it.each([
    ['no sig', good, { url: url.replace(/&sig=.*/, '') }, 401, 'DirectApiAuthorizationRequired'],
    ['a wrong sig', good, { query: { sig: 'x' } }, 401, 'AuthorizationFailed'],
    ['no api-version', good, { url: url.replace(/api-version=[^&]*&/, '') }, 400, 'MissingApiVersionParameter'],
    ['GET', {}, { method: 'GET' }, 405, 'MethodNotAllowed'],
    ['plain text', 'hi', { type: 'text/plain' }, 400, 'TriggerInputSchemaMismatch'],
    ['invalid JSON', '{', {}, 400, 'InvalidRequestContent'],
  ])('rejects %s', async (_, body, options, status, code) => {
    expect(await client.send(body, options)).toMatchObject({ status, body: { error: { code } } });
    expect(client.room.messages).toEqual([]);
  });

  it.each([
    ['a card without a message', adaptive(block('x')), "no message: 'type'"],
    ['the old connector format', { '@type': 'MessageCard', text: 'x' }, "no message: 'type'"],
    ['a message without attachments', { type: 'message' }, "no 'attachments'"],
    ['another content type', wrap(adaptive(block('x')), 'application/json'), "'contentType' must be"],
    ['another kind of card', wrap({ type: 'HeroCard' }), "must be an 'AdaptiveCard'"],
    ['a card without version', wrap({ type: 'AdaptiveCard', body: [] }), "no 'version'"],
    ['a TextBlock without text', wrap(adaptive({ type: 'TextBlock' })), "no 'text'"],
    ['a relative URL', wrap(adaptive({ actions: [{ type: 'Action.OpenUrl', url: '/x' }] })), "no absolute 'url'"],
    ['28 KB after escaping', wrap(adaptive(block('"'.repeat(7500)))), 'Request Entity Too Large'],
  ])('answers 202 to %s and posts nothing', async (_, body, reason) => {
    expect(await client.send(body)).toMatchObject({ status: 202, body: '' });
    expect(client.room.messages).toEqual([]);
    expect(client.room.rejections).toMatchObject([{ status: 202, reason: expect.stringContaining(reason) }]);
  });
});

describe('the view of a Teams message', () => {
  const card = (content: object) => view(wrap({ ...adaptive(), ...content }));
  const lines = (text: string) => card({ body: [block(text)] }).lines;
  const li = { type: 'mention', text: '<at>Li</at>', mentioned: { id: 'li@corp.example', name: 'Li' } };

  it('takes title and mark from the heading', () => {
    const body = [block('告警', { weight: 'Bolder', color: 'Attention' }), block('a')];
    expect(card({ body })).toMatchObject({ title: '告警', mark: 'Attention', lines: ['a'] });
    expect(card({ body: [block('🔴 告警', { size: 'Large' })] })).toMatchObject({ title: '告警', mark: '🔴' });
  });

  it('shows facts, containers, rich text and links', () => {
    const open = { type: 'Action.OpenUrl', title: '开', url: 'https://a.example' };
    const body = [
      { type: 'FactSet', facts: [{ title: '账户:', value: '**1**' }] },
      { type: 'Container', items: [{ type: 'ColumnSet', columns: [{ items: [block('in')] }] }] },
      { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: '*a*' }] },
      { type: 'ActionSet', actions: [open] },
    ];
    const actions = [open, { type: 'Action.Submit', title: 'without a bot' }];
    const link = '开 <https://a.example>';
    expect(card({ body, actions }).lines).toEqual(['账户: 1', 'in', '*a*', link, link]);
  });

  it('reads bold, italics, links, lists and escapes; joins single line breaks; cuts a text without wrap', () => {
    const text = '**a** _b_ [c](https://a.example) \\*d\\*\n\n- e\n- f';
    expect(lines(text)).toEqual(['a b c <https://a.example> *d*', '• e', '• f']);
    expect(lines('a\nb\n\nc')).toEqual(['a b', 'c']);
    const [cut] = card({ body: [{ type: 'TextBlock', text: '告警'.repeat(40) }] }).lines;
    expect(cut).toBe(`${'告警'.repeat(40).slice(0, 29)}…`);
  });

  it('has a mention for an entity with its <at> only', () => {
    const body = [block('<at>Li</at> 请看')];
    expect(card({ msteams: { entities: [li] }, body })).toMatchObject({ lines: ['@Li 请看'], mentions: ['@Li'] });
    expect(card({ body: [block('<at>Li</at> @everyone')] }).mentions).toEqual([]);
    expect(card({ msteams: { entities: [li] }, body: [block('Li')] }).mentions).toEqual([]);
  });
});
