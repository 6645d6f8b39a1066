import { textAt } from '../json';
import { createRateLimiter } from '../rate-limit';
import type { ApiRequest, ApiResponse } from '../workspace';
import { sendToGroup, sendToUsers } from './api-messages';
import { reject, rejectOapi, rejectThrottled, rejectToken, STORAGE_HOST } from './errors';
import type { MediaStore, SharedFileStore } from './file-store';
import { type DingTalkState, SECRETS } from './state';
import type { Sessions, Tokens } from './tokens';
import { checkMessage, checkRequest } from './webhook-response';

/** Per app and API: "how-to-process-api-throttling". */
const RATE_LIMIT = { count: 20, windowMs: 1_000 };

export interface ApiContext {
  readonly state: DingTalkState;
  readonly tokens: Tokens;
  readonly sessions: Sessions;
  readonly media: MediaStore;
  readonly sharedFiles: SharedFileStore;
}

type Respond = (request: ApiRequest, context: ApiContext) => ApiResponse | Promise<ApiResponse>;

const ROUTES: Readonly<Record<string, Respond>> = {
  'api POST /v1.0/oauth2/accessToken': issueToken,
  'api POST /v1.0/robot/groupMessages/send': withToken(sendToGroup),
  'api POST /v1.0/robot/oToMessages/batchSend': withToken(sendToUsers),
  'api POST /v1.0/robot/messageFiles/download': withToken((request, { sharedFiles }) =>
    sharedFiles.downloadUrl(request),
  ),
  'oapi POST /topapi/v2/user/getbymobile': withTokenInUrl(findByMobile),
  'oapi POST /media/upload': withTokenInUrl((request, { media }) => media.upload(request)),
  'oapi POST /robot/sendBySession': sendInSession,
};

/** The responses of `api.dingtalk.com`, `oapi.dingtalk.com`, their international twins and the storage. */
export function createBotApi(context: ApiContext): (request: ApiRequest) => ApiResponse | Promise<ApiResponse> {
  const waitMs = createRateLimiter();
  return (request) => {
    const { hostname, pathname } = request.url;
    if (hostname === STORAGE_HOST) return context.sharedFiles.download(request);
    const [host = ''] = hostname.split('.');
    const respond = ROUTES[`${host} ${request.method} ${pathname}`];
    // The older API as tested live in 2026; the newer one from memory.
    if (!respond && host === 'oapi') return rejectOapi(22, '不合法ApiName');
    if (!respond) {
      const text = 'Specified api is not found, please check your url and method.';
      return reject(404, 'InvalidAction.NotFound', text);
    }
    const isThrottled = host === 'api' && waitMs(pathname, request.at, RATE_LIMIT) > 0;
    return isThrottled ? rejectThrottled() : respond(request, context);
  };
}

function withToken(respond: Respond): Respond {
  return (request, context) => {
    const token = request.headers['x-acs-dingtalk-access-token'];
    if (!token) return reject(400, 'AuthenticationFailed.MissingParameter', '缺少参数：x-acs-dingtalk-access-token');
    if (!context.tokens.isValid(String(token))) return reject(400, 'InvalidAuthentication', '不合法的access_token');
    return respond(request, context);
  };
}

/** In the older API the token is in the URL. */
function withTokenInUrl(respond: Respond): Respond {
  return (request, context) => {
    const token = request.url.searchParams.get('access_token') ?? '';
    if (!token) return rejectToken('40000', 'access_token is blank');
    return context.tokens.isValid(token) ? respond(request, context) : rejectToken('40014', '不合法的access_token');
  };
}

/** "obtain-the-access-token-of-an-internal-app". */
function issueToken({ payload }: ApiRequest, { tokens }: ApiContext): ApiResponse {
  const isOurs = textAt(payload, 'appKey') === SECRETS.appKey && textAt(payload, 'appSecret') === SECRETS.appSecret;
  if (!isOurs) return reject(400, 'invalidClientIdOrSecret', '无效的clientId或者clientSecret');
  return { status: 200, body: tokens.issue() };
}

/** "query-users-by-phone-number"; guests are not found. */
function findByMobile({ payload }: ApiRequest, { state }: ApiContext): ApiResponse {
  const mobile = textAt(payload, 'mobile');
  if (!mobile) return rejectOapi(400002, '无效的参数');
  const user = state.users.find((each) => each.mobile === mobile && !each.external);
  if (!user) return rejectOapi(60121, '找不到该用户');
  return { status: 200, body: { errcode: 0, errmsg: 'ok', result: { userid: user.id }, request_id: '000000000000' } };
}

/**
 * "robot-reply-and-send-messages": the messages of a custom robot's webhook, without token and signature. Whether their
 * rate limit and `msgUuid` apply here is not documented, so they do not.
 */
function sendInSession(request: ApiRequest, { sessions, state }: ApiContext): ApiResponse {
  const rejection = checkRequest(request);
  if (rejection) return rejection;
  const id = sessions.conversationOf(request.url);
  const conversation = state.conversations.find((each) => each.id === id);
  // As in many logs of 2026, for expired and for unknown sessions.
  if (!conversation) return { status: 200, body: { errcode: 300001, errmsg: 'session 不存在' } };
  const messageRejection = checkMessage(request);
  if (messageRejection) return messageRejection;
  state.addBotPost(conversation, request.payload ?? {}, request.payload);
  return { status: 200, body: { errcode: 0, errmsg: 'ok' } };
}
