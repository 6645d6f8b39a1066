import type { Json } from '../json';
import type { ApiRequest } from '../workspace';
import { SECRETS } from './office';
import { createWorkspace, type FeishuWorkspace } from './workspace';

export const TOKEN = 'auth/v3/tenant_access_token/internal';
export const SEND = 'im/v1/messages?receive_id_type=chat_id';
export const MINUTE = 60_000;

interface Answered {
  status: number;
  body: ReturnType<typeof Object>;
  headers?: Record<string, string>;
}

/** A workspace whose API can be called without a network, on a clock of its own. */
export interface Desk {
  workspace: FeishuWorkspace;
  clock: { now: number };
  /** Of the group and of the first direct chat. */
  group: string;
  direct: string;
  /** With the latest token, unless another authorization is given. */
  call(method: string, path: string, payload?: Json, authorization?: string): Promise<Answered>;
  /** Posts a form with a file in it. */
  upload(
    path: string,
    fields: Readonly<Record<string, string>>,
    file?: { field: string; name: string; bytes: Uint8Array },
  ): Promise<Answered>;
  /** Asks for a token, which is the latest then. */
  issue(): Promise<Answered['body']>;
}

export async function atDesk(): Promise<Desk> {
  const clock = { now: Date.parse('2026-05-01T12:00:00Z') };
  const workspace = createWorkspace({ now: () => clock.now, onChange: () => undefined });
  const [group = '', direct = ''] = workspace.conversations.map(({ id }) => id);
  let token = '';
  const ask = async (call: Omit<ApiRequest, 'url' | 'at'>, path: string) => {
    const url = new URL(`https://open.feishu.cn/open-apis/${path}`);
    const answer = await workspace.handleApiRequest({ ...call, url, at: clock.now });
    if (typeof answer === 'string') throw new Error(answer);
    return { ...answer, body: Object(answer.body) };
  };
  const call: Desk['call'] = (method, path, payload, authorization = `Bearer ${token}`) => {
    const body = Buffer.from(payload ? JSON.stringify(payload) : '');
    return ask({ method, headers: { authorization }, body, payload }, path);
  };
  const upload: Desk['upload'] = async (path, fields, file) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    if (file) form.append(file.field, new Blob([file.bytes]), file.name);
    const sent = new Response(form);
    const headers = { authorization: `Bearer ${token}`, 'content-type': sent.headers.get('content-type') ?? '' };
    const body = Buffer.from(await sent.arrayBuffer());
    return ask({ method: 'POST', headers, body, payload: undefined }, path);
  };
  const issue = async () => {
    const { body } = await call('POST', TOKEN, { app_id: SECRETS.appId, app_secret: SECRETS.appSecret }, '');
    token = body.tenant_access_token;
    return body;
  };
  await issue();
  return { workspace, clock, group, direct, call, upload, issue };
}

export const card = (...elements: Json[]): Json => ({ schema: '2.0', body: { elements } });

export const named = (tag: string, more: Json = {}): Json => ({ tag, name: tag, ...more });

export function form(...elements: Json[]): Json {
  const text = { tag: 'plain_text', content: 'ok' };
  return {
    tag: 'form',
    name: 'f',
    elements: [...elements, { tag: 'button', name: 'b', form_action_type: 'submit', text }],
  };
}

/** A message for the API; a card unless something else is said. */
export function message(receive_id: string, content: object | string, more: Json = {}): Json {
  const json = typeof content === 'string' ? content : JSON.stringify(content);
  return { receive_id, msg_type: 'interactive', content: json, ...more };
}
