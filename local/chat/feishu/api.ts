import { stringsAt } from '../json';
import type { ApiRequest, Conversation } from '../workspace';
import { type ApiReply, done, refuse, tooOften } from './api-reply';
import { addTabs, invite, listTabs, openChats } from './chats-api';
import { openMessages } from './messages-api';
import { BOT, type Office } from './office';
import { openPaces } from './paces';
import { giveResource } from './resources-api';
import { openTokens } from './tokens';
import { openUpdates } from './update-api';
import { uploadFile, uploadPicture } from './uploads-api';

const TOKEN = 'POST auth/v3/tenant_access_token/internal';
/** Page "频控策略": every API that the bot calls is of the level of 1,000 a minute and 50 a second. */
const PACE = [
  { count: 1000, windowMs: 60_000 },
  { count: 50, windowMs: 1000 },
];

type Route = (call: ApiRequest) => ApiReply;
type ChatRoute = (office: Office, talk: Conversation, call: ApiRequest) => ApiReply;

const IN_CHAT: Readonly<Record<string, ChatRoute>> = {
  'POST members': invite,
  'GET chat_tabs/list_tabs': listTabs,
  'POST chat_tabs': addTabs,
};
const CHAT = /^(\w+) im\/v1\/chats\/([^/]+)\/(.+)$/;
const PERSON = /^GET contact\/v3\/users\/([^/]+)$/;
const RESOURCE = /^GET im\/v1\/messages\/([^/]+)\/resources\/([^/]+)$/;
const MESSAGE = /^PATCH im\/v1\/messages\/([^/]+)$/;
const NOWHERE: Route = () => refuse(404, 'page not found', 404);

/** The open platform's API, as far as the bot calls it. */
export function openApi(office: Office): Route {
  const tokens = openTokens(office);
  const waitOf = openPaces(office.now, PACE);
  const update = openUpdates(office);
  const routes: Readonly<Record<string, Route>> = {
    'GET bot/v3/info': botInfo,
    'POST contact/v3/users/batch_get_id': (call) => findPeople(office, call),
    'POST im/v1/messages': openMessages(office),
    'POST im/v1/chats': openChats(office),
    'POST im/v1/files': (call) => uploadFile(office, call),
    'POST im/v1/images': (call) => uploadPicture(office, call),
  };

  /** Ids are no part of a route's name: its pace is the same for all of them. */
  const patterns: readonly { pattern: RegExp; name: string; route: (call: ApiRequest, ids: string[]) => ApiReply }[] = [
    { pattern: PERSON, name: 'GET contact/v3/users', route: (_call, [id = '']) => describePerson(office, id) },
    {
      pattern: RESOURCE,
      name: 'GET im/v1/messages/resources',
      route: (call, [id = '', key = '']) => giveResource(office, call, id, key),
    },
    { pattern: MESSAGE, name: 'PATCH im/v1/messages', route: (call, [id = '']) => update(call, id) },
  ];

  function routeOf(what: string): { name: string; route: Route } {
    const found = Object.hasOwn(routes, what) ? undefined : patterns.find(({ pattern }) => pattern.test(what));
    if (found) {
      const [, ...ids] = found.pattern.exec(what) ?? [];
      return { name: found.name, route: (call) => found.route(call, ids) };
    }
    const [, method, id = '', rest] = CHAT.exec(what) ?? [];
    const name = `${method} ${rest}`;
    if (Object.hasOwn(IN_CHAT, name)) return { name, route: (call) => inTalk(office, id, call, IN_CHAT[name]) };
    return { name: what, route: (Object.hasOwn(routes, what) && routes[what]) || NOWHERE };
  }

  return (call) => {
    const what = `${call.method} ${call.url.pathname.replace('/open-apis/', '')}`;
    if (call.method !== 'GET' && !call.payload && !isForm(call)) return refuse(9499, 'Bad Request');
    if (what === TOKEN) return tokens.issue(call);
    const objection = tokens.objectionTo(call);
    if (objection) return objection;
    const { name, route } = routeOf(what);
    const wait = waitOf(name);
    return wait > 0 ? tooOften(wait / 1000) : route(call);
  };
}

function isForm({ headers }: ApiRequest): boolean {
  return headers['content-type']?.startsWith('multipart/form-data') === true;
}

function inTalk(office: Office, id: string, call: ApiRequest, route: ChatRoute | undefined): ApiReply {
  const talk = office.talks.find((each) => each.id === id);
  if (!talk || !route) return refuse(232006, 'Your request specifies a chat_id which is invalid.');
  if (!office.botIn.has(id)) return refuse(232011, 'Operator can NOT be out of the chat.');
  return route(office, talk, call);
}

function botInfo(): ApiReply {
  const bot = { activate_status: 2, app_name: BOT.name, avatar_url: '', ip_white_list: [], open_id: BOT.id };
  return { status: 200, body: { code: 0, msg: 'ok', bot } };
}

/** Page "通过手机号或邮箱获取用户 ID": somebody who is not found, or is of another organisation, comes back without an id. */
function findPeople({ people }: Office, { payload }: ApiRequest): ApiReply {
  const own = people.filter(({ external }) => !external);
  const emails = stringsAt(payload, 'emails').map((email) => {
    return { email, user_id: own.find((person) => person.email === email)?.id };
  });
  const mobiles = stringsAt(payload, 'mobiles').map((mobile) => {
    return { mobile, user_id: own.find((person) => person.mobile === mobile.replace(/^\+86/, ''))?.id };
  });
  return done({ user_list: [...emails, ...mobiles] });
}

/** Page "获取单个用户信息"; 41050 is "no user authority error" of people whom the app may not see. */
function describePerson({ people }: Office, id: string): ApiReply {
  const person = people.find((each) => each.id === id && !each.external);
  return person ? done({ user: { open_id: id, name: person.name } }) : refuse(41050, 'no user authority error');
}
