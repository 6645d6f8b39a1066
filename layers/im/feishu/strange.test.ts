import { sealOldPress } from '../../../local/chat/feishu/seal';
import { type CallbackRequest, ForgedRequestError, type Secrets } from '../chat-app';
import { ENCRYPTED, KEY, messageEvent, NOW, oldPress, PLAIN, pressEvent, requestOf, sealed } from './event.fixture';
import { receive } from './receive';

const MINUTE = 60_000;
const TOKEN = ENCRYPTED.verificationToken;
const deal = { now: NOW, nonce: 'n', encryptKey: KEY };
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

  it('believes the old card callback by its own signature only', () => {
    const call = sealOldPress(oldPress(), TOKEN, deal);
    expect(receive(requestOf(call), secrets, NOW).kind).toBe('message');
    expect(refusal(requestOf(call), secrets, NOW + 5 * MINUTE + 1)).toMatch(/five minutes/);
    expect(refusal(requestOf({ ...call, body: `${call.body}\n` }), secrets)).toMatch(/signature is wrong/);
    expect(refusal(text(call.body), secrets)).toMatch(/not signed/);
    expect(refusal(requestOf(sealOldPress(oldPress(), KEY, deal)), secrets)).toMatch(/signature is wrong/);
    expect(refusal(requestOf(sealOldPress(oldPress({ tenant_key: 'other' }), TOKEN, deal)), secrets)).toMatch(
      /another tenant/,
    );
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
