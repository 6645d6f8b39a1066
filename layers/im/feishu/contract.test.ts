import { createFeishuTemplates } from '../../../local/chat/feishu/callback-templates';
import { chatAppContract, type Terms } from '../chat-app.contract';
import { withBody, withHeaders, written } from '../written.fixture';
import { feishuBot } from './bot';

const NOW = Date.UTC(2026, 0);
const TOKEN = 't-a1b2c3d4e5f60718293a4b5c6d7e8f90';
const TOAST = { status: 200, body: expect.objectContaining({ toast: expect.objectContaining({ type: 'info' }) }) };

const SENDING: Pick<Terms, 'token' | 'places' | 'accept' | 'badSecrets'> = {
  token: {
    path: 'tenant_access_token',
    said: { body: { code: 0, tenant_access_token: TOKEN, expire: 7200 } },
    value: TOKEN,
  },
  places: [
    { id: 'oc_1', kind: 'group' },
    { id: 'oc_2', kind: 'direct', userId: 'ou_1' },
  ],
  accept: { body: { code: 0, msg: 'success', data: {} } },
  badSecrets: [
    { body: { code: 10014, msg: 'app secret invalid' } },
    { status: 400, body: { code: 10003, msg: 'invalid param' } },
  ],
};

/** What does not depend on the Encrypt Key. */
function termsOf(isEncrypted: boolean): Omit<Terms, 'window' | 'proofs' | 'forged'> {
  const scribe = createFeishuTemplates({ isEncrypted });
  const text = written(scribe, 'text', NOW);
  const byTheBot = { sender_id: { open_id: 'ou_bot' }, sender_type: 'app', tenant_key: scribe.secrets.tenantKey };
  const handshake = written(scribe, 'handshake', NOW);
  return {
    ...SENDING,
    secrets: scribe.secrets,
    now: NOW,
    reply: { status: 200, body: {} },
    text: { request: text.sealed(), again: text.sealed(NOW + 15_000) },
    press: { request: written(scribe, 'press', NOW).sealed(), reply: TOAST, says: { text: '关闭工单 2' } },
    form: {
      request: written(scribe, 'form', NOW).sealed(),
      reply: TOAST,
      says: { text: '提工单', fields: { subject: '数据库 3', severity: 'low' } },
    },
    own: written(scribe, 'text', NOW, (content) => ({
      ...content,
      event: { ...Object(content.event), sender: byTheBot },
    })).sealed(),
    handshake: {
      request: handshake.sealed(),
      reply: { status: 200, body: { challenge: handshake.content.challenge } },
    },
  };
}

const encrypted = termsOf(true);
const sealed = encrypted.text.request;
chatAppContract(feishuBot, {
  ...encrypted,
  name: 'Feishu with an Encrypt Key',
  window: 300_000,
  proofs: ['appId', 'verificationToken', 'encryptKey', 'tenantKey'],
  forged: {
    'another signature': withHeaders(sealed, { 'x-lark-signature': '0'.repeat(64) }),
    'no signature': withHeaders(sealed, { 'x-lark-signature': '' }),
    'another time': withHeaders(sealed, { 'x-lark-request-timestamp': `${NOW / 1000 + 1}` }),
    'another body': withBody(sealed, (body) => `${body} `),
    'what is not encrypted': termsOf(false).text.request,
  },
});

const plain = termsOf(false);
const bare = plain.text.request;
chatAppContract(feishuBot, {
  ...plain,
  name: 'Feishu without an Encrypt Key',
  window: 8 * 3_600_000,
  proofs: ['appId', 'verificationToken', 'tenantKey'],
  forged: {
    'another token': withBody(bare, (body) => body.replace(plain.secrets.verificationToken ?? '', 'x')),
    'another app': withBody(bare, (body) => body.replace(plain.secrets.appId ?? '', 'cli_x')),
    'what is encrypted': sealed,
  },
});
