import { type Json, parseObject, textAt } from '../json';
import { isJson } from '../platform';
import { createRateLimiter } from '../rate-limit';
import type { ApiRequest, ApiResponse, User } from '../workspace';
import { completeUpload, fileInfo, getUploadUrl } from './api-files';
import { history, postMessage, type Result, reject, replies, updateMessage } from './api-messages';
import type { SlackContext } from './event-sender';
import { BOT, BOT_ID, handleOf, SECRETS, TEAM, TEAM_DOMAIN, teamOf, USERS } from './organization';

interface Method {
  run(args: Json, context: SlackContext): Result;
  /** The tiers of "Rate limits" in docs.slack.dev. */
  perMinute: number;
  /** Whether it ignores arguments in JSON. */
  needsForm?: true;
}

const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': { run: () => ({ ok: true, ...ME }), perMinute: 300 },
  'chat.postMessage': { run: postMessage, perMinute: 300 },
  'chat.update': { run: updateMessage, perMinute: 50 },
  'conversations.history': { run: history, perMinute: 50 },
  'conversations.replies': { run: replies, perMinute: 50 },
  'files.completeUploadExternal': { run: completeUpload, perMinute: 100 },
  'files.getUploadURLExternal': { run: getUploadUrl, perMinute: 100, needsForm: true },
  'files.info': { run: fileInfo, perMinute: 100 },
  'users.info': { run: userInfo, perMinute: 100 },
  'users.lookupByEmail': { run: lookupByEmail, perMinute: 50 },
};

const ME = {
  ...{ url: `https://${TEAM_DOMAIN}.slack.com/`, team: 'Casebell', user: 'casebell', team_id: TEAM },
  ...{ user_id: BOT, bot_id: BOT_ID, is_enterprise_install: false },
};
/** "1 message per second to a specific channel", with bursts of a length that is not documented: here ten. */
const PER_CHANNEL = { count: 10, windowMs: 10_000 };

/** `slack.com/api/...`: HTTP 200 with `ok`, except for a 429. */
export function createBotApi(context: SlackContext): (request: ApiRequest) => ApiResponse {
  const waitMs = createRateLimiter();
  return (request) => {
    const name = request.url.pathname.slice('/api/'.length);
    const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    if (!method) return ok(reject('unknown_method', { req_method: name }));
    const rejection = tokenRejection(request);
    if (rejection) return ok(rejection);
    const args = argumentsOf(request, method.needsForm);
    const methodWait = waitMs(name, request.at, { count: method.perMinute, windowMs: 60_000 });
    const channel = `channel ${textAt(args, 'channel')}`;
    const channelWait = name === 'chat.postMessage' ? waitMs(channel, request.at, PER_CHANNEL) : 0;
    const wait = Math.max(methodWait, channelWait);
    return wait > 0 ? throttle(Math.ceil(wait / 1000)) : ok(method.run(args, context));
  };
}

/** Rejections, too, have status 200. */
function ok(body: Result): ApiResponse {
  return { status: 200, body };
}

/** `Retry-After` is in seconds. */
function throttle(seconds: number): ApiResponse {
  return { status: 429, body: { ok: false, error: 'ratelimited' }, headers: { 'retry-after': String(seconds) } };
}

/** How Slack reports its own failure, or too many requests. */
export function failWith(kind: 'error' | 'throttle', { hostname }: URL): ApiResponse {
  if (kind === 'throttle') return throttle(30);
  const isFilesHost = hostname === 'files.slack.com';
  return isFilesHost ? { status: 500, body: 'Internal Server Error' } : ok(reject('internal_error'));
}

function tokenRejection({ headers, url, body }: ApiRequest): Result | undefined {
  const [, bearer] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
  const token = bearer ?? url.searchParams.get('token') ?? new URLSearchParams(body.toString('utf8')).get('token');
  if (!token) return reject('not_authed');
  return token === SECRETS.botToken ? undefined : reject('invalid_auth');
}

/** From the query, a form or JSON; methods that only read take no JSON ("Using the Web API" of docs.slack.dev). */
function argumentsOf({ method, url, headers, body }: ApiRequest, needsForm = false): Json {
  const query = Object.fromEntries(url.searchParams);
  if (method === 'GET') return query;
  if (isJson(headers)) return { ...query, ...(!needsForm && parseObject(body)) };
  return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) };
}

function lookupByEmail(args: Json): Result {
  const user = USERS.find(({ email }) => email === textAt(args, 'email'));
  return user && !user.external ? describe(user) : reject('users_not_found');
}

/** Also of people in shared channels. */
function userInfo(args: Json): Result {
  const user = USERS.find(({ id }) => id === textAt(args, 'user'));
  return user ? describe(user) : reject('user_not_found');
}

function describe(user: User): Result {
  const { id, name, email } = user;
  const profile = { real_name: name, display_name: name, email };
  const described = { id, team_id: teamOf(user), name: handleOf(user), deleted: false, real_name: name, profile };
  return { ok: true, user: described };
}
