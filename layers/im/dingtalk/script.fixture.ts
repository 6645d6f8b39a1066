import type { RequestListener } from 'node:http';
import { json } from 'node:stream/consumers';
import { against } from '../against.fixture';
import type { Card } from '../card';
import type { ChatApp, Conversation } from '../chat-app';
import { DeliveryError } from '../delivery';
import { dingtalkApp } from './app';
import { NOW, SECRETS, SESSION } from './callback.fixture';

export const GROUP: Conversation = { id: 'cid1==', kind: 'group' };
export const DIRECT: Conversation = { id: 'cid2==', kind: 'direct', person: '0147' };
export const LIVE: Conversation = { ...GROUP, answer: { url: SESSION, until: NOW + 60_001 } };
export const CARD: Card = { title: '已打开', severity: 'info' };
export const TOKEN = 'tok3n0123456789';
export const GRANTED = { accessToken: TOKEN, expireIn: 7200 };

/** A call of the bot, as it came in. */
export interface Asked {
  path: string;
  token?: string;
  body: Record<string, unknown>;
}

interface Said {
  status?: number;
  body?: unknown;
}

/** By path, what is said to the first call, the second, and so on; the last one is repeated. */
type Script = Record<string, Said[]>;

export const FINE: Script = {
  '/v1.0/oauth2/accessToken': [{ body: GRANTED }],
  '/v1.0/robot/groupMessages/send': [{ body: { processQueryKey: 'k' } }],
  '/v1.0/robot/oToMessages/batchSend': [
    { body: { processQueryKey: 'k', invalidStaffIdList: [], flowControlledStaffIdList: [] } },
  ],
  '/robot/sendBySession': [{ body: { errcode: 0, errmsg: 'ok' } }],
  '/topapi/v2/user/getbymobile': [{ body: { errcode: '0', errmsg: 'ok', result: { userid: '0147' } } }],
};

/** Has the bot do something against a platform that says what the script has it say. */
export async function play(script: Script, act: (app: ChatApp) => Promise<unknown>, secrets: object = SECRETS) {
  const asked: Asked[] = [];
  const listener: RequestListener = async (request, response) => {
    const path = new URL(request.url ?? '', 'http://x').pathname.replace(/^\/[^/]+/, '');
    const token = request.headers['x-acs-dingtalk-access-token'];
    const count = asked.push({ path, ...(token && { token: String(token) }), body: Object(await json(request)) });
    const turns = { ...FINE, ...script }[path] ?? [];
    const turn = asked.slice(0, count).filter((each) => each.path === path).length - 1;
    const { status = 200, body } = turns[Math.min(turn, turns.length - 1)] ?? { status: 404 };
    if (body === 'hang up') request.socket.destroy();
    else response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const error = await against(listener, (world) => act(dingtalkApp.open({ ...secrets }, world))).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (error !== undefined && !(error instanceof DeliveryError)) throw error;
  return { error, asked, paths: asked.map(({ path }) => path.split('/').at(-1)) };
}

/** A refusal of the newer API. */
export const failing = (code: string, status = 400) => [{ status, body: { code, message: 'words', requestid: 'x' } }];
