import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { against } from '../against.fixture';
import type { Card } from '../card';
import type { ChatApp, Conversation } from '../chat-app';
import { DeliveryError } from '../errors';
import { dingtalkBot } from './bot';
import { NOW, SECRETS, SESSION } from './callback.fixture';

export const GROUP: Conversation = { id: 'cid1==', kind: 'group' };
export const DIRECT: Conversation = { id: 'cid2==', kind: 'direct', userId: '0147' };
export const LIVE: Conversation = { ...GROUP, replyUrl: { url: SESSION, expiresAt: NOW + 60_001 } };
export const CARD: Card = { title: '已打开', severity: 'info' };
export const TOKEN = 'tok3n0123456789';
/** The address of a shared file; its query is a password. */
export const FILE =
  'http://wukong-file-im-zjk.oss-cn-zhangjiakou.aliyuncs.com/kept.file?Expires=1&Signature=s1gn0123456789%2B';
export const GRANTED = { accessToken: TOKEN, expireIn: 7200 };

/** A call that the fake DingTalk received. */
export interface Call {
  path: string;
  token?: string;
  /** Parsed JSON. */
  body: Record<string, unknown>;
  /** As received. */
  text: string;
  type?: string;
}

interface Turn {
  status?: number;
  /** `hang up` destroys the connection; `break off` does so in the middle of the body. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** By path, the responses to the first call, the second, and so on; the last one is repeated. */
type Script = Record<string, Turn[]>;

export const SUCCESS: Script = {
  '/v1.0/oauth2/accessToken': [{ body: GRANTED }],
  '/v1.0/robot/groupMessages/send': [{ body: { processQueryKey: 'k' } }],
  '/v1.0/robot/oToMessages/batchSend': [
    { body: { processQueryKey: 'k', invalidStaffIdList: [], flowControlledStaffIdList: [] } },
  ],
  '/robot/sendBySession': [{ body: { errcode: 0, errmsg: 'ok' } }],
  '/v1.0/robot/messageFiles/download': [{ body: { downloadUrl: FILE } }],
  '/kept.file': [{ body: 'bytes' }],
  '/media/upload': [{ body: { errcode: 0, errmsg: 'ok', media_id: '@lAzP1', created_at: NOW, type: 'file' } }],
  '/topapi/v2/user/getbymobile': [{ body: { errcode: '0', errmsg: 'ok', result: { userid: '0147' } } }],
};

/** Runs a bot against a DingTalk that answers as the script says. */
export async function play(script: Script, act: (app: ChatApp) => Promise<unknown>, secrets: object = SECRETS) {
  const calls: Call[] = [];
  const listener: RequestListener = async (request, response) => {
    const call = await readCall(request);
    const { path } = call;
    const count = calls.push(call);
    const turns = { ...SUCCESS, ...script }[path] ?? [];
    const turn = calls.slice(0, count).filter((each) => each.path === path).length - 1;
    respond(turns[Math.min(turn, turns.length - 1)] ?? { status: 404 }, response);
  };
  const error = await against(listener, (runtime) => act(dingtalkBot.open({ ...secrets }, runtime))).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (error !== undefined && !(error instanceof DeliveryError)) throw error;
  return { error, calls, paths: calls.map(({ path }) => path.split('/').at(-1)) };
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const path = new URL(request.url ?? '', 'http://x').pathname.replace(/^\/[^/]+/, '');
  const token = request.headers['x-acs-dingtalk-access-token'];
  const type = request.headers['content-type'];
  const body = await readText(request);
  return {
    path,
    text: body,
    body: Object(parsed(body)),
    ...(token && { token: String(token) }),
    ...(type && { type }),
  };
}

function respond({ status = 200, body, headers }: Turn, response: ServerResponse): void {
  const { socket } = response;
  if (body === 'hang up') socket?.destroy();
  else if (body === 'break off') {
    response.writeHead(status, { 'content-length': '99' }).write(body, () => socket?.destroy());
  } else response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** A rejection of api.dingtalk.com. */
export const failing = (code: string, status = 400) => [{ status, body: { code, message: 'text', requestid: 'x' } }];
