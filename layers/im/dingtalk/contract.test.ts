import { createDingTalkTemplates } from '../../../local/chat/dingtalk/callback-templates';
import { chatAppContract } from '../chat-app.contract';
import { withBody, withHeaders, written } from '../written.fixture';
import { dingtalkBot } from './bot';

const NOW = Date.UTC(2026, 0);
const scribe = createDingTalkTemplates();
const text = written(scribe, 'text', NOW);
const request = text.sealed();
const TOKEN = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const SESSION = 'https://oapi.dingtalk.com/robot/sendBySession?session=0a1b2c3d4e5f60718293a4b5c6d7e8f9';

chatAppContract(dingtalkBot, {
  secrets: scribe.secrets,
  now: NOW,
  window: 300_000,
  proofs: ['appKey', 'appSecret', 'corpId'],
  reply: { status: 200, body: { msgtype: 'empty' } },
  text: { request, again: text.sealed(NOW + 60_000) },
  press: { request: written(scribe, 'press', NOW).sealed(), says: { text: '关闭工单 2' } },
  form: {
    request: written(scribe, 'form', NOW).sealed(),
    // A form is typed here: its text contains the fields.
    says: { text: '提工单\nsubject: 数据库 3\nbody: 连不上\nseverityCode: low' },
  },
  own: written(scribe, 'text', NOW, (content) => ({ ...content, senderId: content.chatbotUserId })).sealed(),
  forged: {
    'another signature': withHeaders(request, { sign: `A${request.headers.sign?.slice(1)}` }),
    'another time': withHeaders(request, { timestamp: `${NOW + 1}` }),
    'no signature': withHeaders(request, { sign: '' }),
    'a message to another robot': withBody(request, (body) => body.replaceAll(scribe.secrets.appKey ?? '', 'dingelse')),
    'a message to another organisation': withBody(request, (body) => body.replaceAll(scribe.secrets.corpId ?? '', 'x')),
  },
  token: { path: '/oauth2/accessToken', said: { body: { accessToken: TOKEN, expireIn: 7200 } }, value: TOKEN },
  places: [
    { id: 'cid1==', kind: 'group' },
    { id: 'cid2==', kind: 'direct', userId: '0147' },
    { id: 'cid1==', kind: 'group', replyUrl: { url: SESSION, expiresAt: NOW + 600_000 } },
  ],
  accept: { body: { errcode: 0, errmsg: 'ok', processQueryKey: 'k' } },
  badSecrets: [{ status: 400, body: { code: 'invalidClientIdOrSecret', message: 'no', requestid: 'x' } }],
});
