import { enter, type Visitor } from '../visitor';

const NEW =
  'https://default0.0.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/0/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=abc';
const OLD =
  'https://prod-00.westus.logic.azure.com:443/workflows/0/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=abc';
const CARD = 'application/vnd.microsoft.card.adaptive';
const wrap = (content: unknown, contentType = CARD) => ({ type: 'message', attachments: [{ contentType, content }] });
const adaptive = (...body: unknown[]) => ({ type: 'AdaptiveCard', version: '1.4', body });
const block = (text: string) => ({ type: 'TextBlock', text, wrap: true });
const good = wrap(adaptive(block('你好')));

let visitor: Visitor;
afterEach(() => visitor.chats.close());

describe.each([
  ['powerplatform', NEW],
  ['logic.azure.com', OLD],
])('Teams, by a Workflows url on %s', (_, url) => {
  beforeEach(async () => {
    visitor = await enter({ platform: 'teams', url });
  });

  it('answers 202 with nothing in it, and posts', async () => {
    expect(await visitor.send(good)).toMatchObject({ status: 202, body: '' });
    expect(visitor.room.messages).toHaveLength(1);
  });

  it.each([
    ['no sig', good, { url: url.replace(/&sig=.*/, '') }, 401, 'DirectApiAuthorizationRequired'],
    ['a wrong sig', good, { query: { sig: 'x' } }, 401, 'AuthorizationFailed'],
    ['no api-version', good, { url: url.replace(/api-version=[^&]*&/, '') }, 400, 'MissingApiVersionParameter'],
    ['GET', {}, { method: 'GET' }, 405, 'MethodNotAllowed'],
    ['plain text', 'hi', { type: 'text/plain' }, 400, 'TriggerInputSchemaMismatch'],
    ['half a JSON', '{', {}, 400, 'InvalidRequestContent'],
  ])('refuses %s', async (_, body, visit, status, code) => {
    expect(await visitor.send(body, visit)).toMatchObject({ status, body: { error: { code } } });
    expect(visitor.room.messages).toEqual([]);
  });

  it.each([
    ['a bare card', adaptive(block('x')), "no message: 'type'"],
    ['the old connector format', { '@type': 'MessageCard', text: 'x' }, "no message: 'type'"],
    ['a message without attachments', { type: 'message' }, "no 'attachments'"],
    ['another content type', wrap(adaptive(block('x')), 'application/json'), "'contentType' must be"],
    ['another kind of card', wrap({ type: 'HeroCard' }), "must be an 'AdaptiveCard'"],
    ['a card without version', wrap({ type: 'AdaptiveCard', body: [] }), "no 'version'"],
    ['a TextBlock without text', wrap(adaptive({ type: 'TextBlock' })), "no 'text'"],
    [
      'a relative address',
      wrap(adaptive({ type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', url: '/x' }] })),
      "no absolute 'url'",
    ],
  ])('answers 202 to %s and posts nothing, which the room counts as a refusal', async (_, body, words) => {
    expect(await visitor.send(body)).toMatchObject({ status: 202, body: '' });
    expect(visitor.room.messages).toEqual([]);
    expect(visitor.room.rejections).toMatchObject([{ status: 202, reason: expect.stringContaining(words) }]);
  });

  it('measures 28 KB after wrapping the message once more', async () => {
    const quotes = wrap(adaptive(block('"'.repeat(7500))));
    expect(Buffer.byteLength(JSON.stringify(quotes))).toBeLessThan(16_000);
    await visitor.send(quotes);
    expect(visitor.room.rejections).toMatchObject([{ reason: expect.stringContaining('Request Entity Too Large') }]);
    await visitor.send(wrap(adaptive(block('告'.repeat(9400)))));
    expect(visitor.room.messages).toHaveLength(1);
  });

  it('lets four through in a second', async () => {
    for (let sent = 0; sent < 4; sent += 1) expect((await visitor.send(good)).status).toBe(202);
    expect((await visitor.send(good)).status).toBe(429);
    visitor.clock.now += 1000;
    expect((await visitor.send(good)).status).toBe(202);
  });
});
