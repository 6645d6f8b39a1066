import { createHash } from 'node:crypto';
import { type CallbackRequest, ForgedRequestError, type Secrets } from '../chat-app';
import { ENCRYPTED, messageEvent, NOW, PLAIN, pressEvent, sealed } from './event.fixture';
import { receive } from './receive';

const TOKEN = ENCRYPTED.verificationToken;
const text = (body: string): CallbackRequest => ({ method: 'POST', headers: {}, body: Buffer.from(body) });

function refusal(request: CallbackRequest, secrets: Secrets, now = NOW): string {
  try {
    return `let in: ${receive(request, secrets, now).kind}`;
  } catch (error) {
    if (!(error instanceof ForgedRequestError)) throw error;
    return error.message;
  }
}

describe.each([
  ['encrypted', ENCRYPTED],
  ['plain', PLAIN],
])('%s', (_name, secrets: Record<string, string>) => {
  const key = secrets.encryptKey;

  it('refuses what is for another app or another tenant', () => {
    expect(refusal(sealed(messageEvent({ header: { app_id: 'cli_other' } }), key), secrets)).toMatch(/another app/);
    expect(refusal(sealed(messageEvent({ header: { tenant_key: 'other' } }), key), secrets)).toMatch(/another tenant/);
    const { tenantKey: _, ...anyTenant } = secrets;
    const elsewhere = messageEvent({ header: { tenant_key: 'other' }, sender: { tenant_key: 'other' } });
    expect(receive(sealed(elsewhere, key), anyTenant, NOW).kind).toBe('message');
  });

  it('refuses callbacks from before version 2.0, also with the right token and signature', () => {
    const event = { app_id: secrets.appId, tenant_key: secrets.tenantKey, type: 'message', open_id: 'ou_1', text: 'a' };
    const event1 = { ts: `${NOW / 1000}.7171`, uuid: 'u', token: TOKEN, type: 'event_callback', event };
    expect(refusal(sealed(event1, key), secrets)).toMatch(/version 2\.0/);
    expect(refusal(text(JSON.stringify(event1)), secrets)).toMatch(/version 2\.0|not encrypted/);
    const press1 = { open_id: 'ou_1', open_message_id: 'om_1', open_chat_id: 'oc_1', tenant_key: secrets.tenantKey };
    const body = JSON.stringify({ ...press1, token: 'c-1', action: { tag: 'button', value: { command: '关闭 42' } } });
    const timestamp = String(NOW / 1000);
    const headers = {
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': 'n',
      'x-lark-signature': createHash('sha1').update(`${timestamp}n${TOKEN}${body}`).digest('hex'),
    };
    expect(refusal({ ...text(body), headers }, secrets)).toMatch(/version 2\.0|not encrypted/);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '7',
    '"x"',
    '{}',
    `${'['.repeat(200_000)}`,
    '{"encrypt":{}}',
    '{"header":[]}',
    '\u0000',
    '{"schema":"2.0","header":{}}',
    '{"__proto__":{"encrypt":"x"}}',
  ])('refuses %.30j without stumbling', (body) => {
    expect(refusal(text(body), secrets)).not.toMatch(/let in/);
  });

  it('takes nothing but a POST', () => {
    expect(refusal({ ...sealed(messageEvent(), key), method: 'GET' }, secrets)).toMatch(/POST/);
  });

  it('stumbles over no event, however strange it is', () => {
    const strange = [undefined, null, 7, 'x', [], {}, [[]], { open_id: {} }, '__proto__', 'constructor'];
    for (const odd of strange) {
      for (const event of [...variants(messageEvent(), odd), ...variants(pressEvent(), odd)]) {
        const callback = receiveOrRefuse(sealed(event, key), secrets);
        expect(['message', 'ignored', 'forged']).toContain(callback);
      }
    }
  });
});

function receiveOrRefuse(request: CallbackRequest, secrets: Secrets): string {
  try {
    return receive(request, secrets, NOW).kind;
  } catch (error) {
    expect(error).toBeInstanceOf(ForgedRequestError);
    return 'forged';
  }
}

/** The object as often as it has places, each time with something odd in one of them. */
function variants(object: object, odd: unknown): object[] {
  return Object.entries(object).flatMap(([name, value]) => {
    const inner = typeof value === 'object' && value !== null ? variants(value, odd) : [];
    return [{ ...object, [name]: odd }, ...inner.map((each) => ({ ...object, [name]: each }))];
  });
}
