import { textAt } from '../json';
import type { WebhookState } from '../platform';
import { waitMs } from '../rate-limit';
import type { ApiRequest } from '../workspace';
import { checkDoor, checkMessage } from './answer';
import type { Board } from './board';
import type { Sessions, Tokens } from './keys';
import type { Media } from './media';
import { type Organisation, SECRETS } from './organisation';
import { type Reply, refuse, refuseOld, refuseToken } from './refusal';
import { sendToGroup, sendToPeople } from './robot-api';
import { STORAGE, type Storage } from './storage';

/** "how-to-process-api-throttling": each call, twenty times a second for each app. */
const PACE = { count: 20, windowMs: 1_000 };

/** What the platform has in hand to answer with. */
export interface Desk {
  organisation: Organisation;
  board: Board;
  tokens: Tokens;
  sessions: Sessions;
  media: Media;
  storage: Storage;
  memories: Map<string, WebhookState>;
}

type Handle = (call: ApiRequest, desk: Desk) => Reply;

const CALLS: Readonly<Record<string, Handle>> = {
  'api POST /v1.0/oauth2/accessToken': paced(giveToken),
  'api POST /v1.0/robot/groupMessages/send': paced(known(sendToGroup)),
  'api POST /v1.0/robot/oToMessages/batchSend': paced(known(sendToPeople)),
  'api POST /v1.0/robot/messageFiles/download': paced(known((call, { storage }) => storage.address(call))),
  'oapi POST /topapi/v2/user/getbymobile': knownByUrl(findByMobile),
  'oapi POST /media/upload': knownByUrl((call, { media }) => media.take(call)),
  'oapi POST /robot/sendBySession': sendInSession,
};

/** Answers a call as `api.dingtalk.com`, `oapi.dingtalk.com`, their international twins or the storage would. */
export function answerCall(call: ApiRequest, desk: Desk): Reply {
  if (call.url.hostname === STORAGE) return desk.storage.give(call);
  const [host = ''] = call.url.hostname.split('.');
  const handle = CALLS[`${host} ${call.method} ${call.url.pathname}`];
  if (handle) return handle(call, desk);
  // Of the older API from a probe in 2026; of the newer one from memory.
  if (host === 'oapi') return refuseOld(22, '不合法ApiName');
  return refuse(404, 'InvalidAction.NotFound', 'Specified api is not found, please check your url and method.');
}

function paced(handle: Handle): Handle {
  return (call, desk) => {
    const { pathname } = call.url;
    const memory = desk.memories.get(pathname) ?? {
      limits: 'real',
      requestTimes: [],
      blockedUntil: 0,
      idempotencyKeys: new Set(),
    };
    desk.memories.set(pathname, memory);
    if (waitMs(memory, call.at, [PACE]) === 0) return handle(call, desk);
    return refuse(
      403,
      'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
      '您的企业应用调用钉钉开放平台当前接口的所有请求都被暂时禁用了',
    );
  };
}

function known(handle: Handle): Handle {
  return (call, desk) => {
    const token = call.headers['x-acs-dingtalk-access-token'];
    if (!token) return refuse(400, 'AuthenticationFailed.MissingParameter', '缺少参数：x-acs-dingtalk-access-token');
    if (!desk.tokens.accepts(String(token))) return refuse(400, 'InvalidAuthentication', '不合法的access_token');
    return handle(call, desk);
  };
}

/** The older API has the token in the url. */
function knownByUrl(handle: Handle): Handle {
  return (call, desk) => {
    const token = call.url.searchParams.get('access_token') ?? '';
    if (!token) return refuseToken('40000', 'access_token is blank');
    return desk.tokens.accepts(token) ? handle(call, desk) : refuseToken('40014', '不合法的access_token');
  };
}

/** "obtain-the-access-token-of-an-internal-app". */
function giveToken({ payload }: ApiRequest, { tokens }: Desk): Reply {
  const isOurs = textAt(payload, 'appKey') === SECRETS.appKey && textAt(payload, 'appSecret') === SECRETS.appSecret;
  if (!isOurs) return refuse(400, 'invalidClientIdOrSecret', '无效的clientId或者clientSecret');
  return { status: 200, body: tokens.issue() };
}

/** "query-users-by-phone-number"; a guest is nobody's user. */
function findByMobile({ payload }: ApiRequest, { organisation }: Desk): Reply {
  const mobile = textAt(payload, 'mobile');
  if (!mobile) return refuseOld(400002, '无效的参数');
  const person = organisation.people.find((each) => each.mobile === mobile && !each.external);
  if (!person) return refuseOld(60121, '找不到该用户');
  return { status: 200, body: { errcode: 0, errmsg: 'ok', result: { userid: person.id }, request_id: '000000000000' } };
}

/**
 * "robot-reply-and-send-messages": the messages of a custom robot's webhook, without token and signature. Whether the
 * twenty a minute of those count here is in no document, so they do not; nor does `msgUuid`, which is documented only
 * for those.
 */
function sendInSession(call: ApiRequest, { sessions, organisation, board }: Desk): Reply {
  const refusal = checkDoor(call);
  if (refusal) return refusal;
  const talk = organisation.talks.find(({ id }) => id === sessions.talkOf(call.url));
  // The code and words of many logs of 2026, for sessions that are over and those that never were.
  if (!talk) return { status: 200, body: { errcode: 300001, errmsg: 'session 不存在' } };
  const objection = checkMessage(call);
  if (objection) return objection;
  board.fromBot(talk, call.payload ?? {}, call.payload);
  return { status: 200, body: { errcode: 0, errmsg: 'ok' } };
}
