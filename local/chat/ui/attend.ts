import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Json, parseObject, textAt } from '../json';
import type { Workspace } from '../workspace';
import { ACTS } from './act';
import { objectionTo } from './guard';
import { type Outcome, outcomeOf } from './outcome';
import { dataOf } from './talks-data';

export interface Audience {
  readonly workspaces: readonly Workspace[];
  /** A delivery to the bot failed. */
  failed(talk: string, workspace: Workspace, words: Outcome['text']): void;
}

/** As JSON; what is refused has an `error` that says why. */
interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const PATH = /^\/talks\/(\w+)\/(\w+)$/;
// A request that is refused is not read to its end, so its connection can serve no other.
const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};

/** Answers whoever looks at the talks or acts in one; never rejects. */
export async function attend(request: IncomingMessage, response: ServerResponse, audience: Audience): Promise<void> {
  const reply = await replyTo(request, audience).catch((error: Error) => refuse(400, error.message));
  response.writeHead(reply.status, HEADERS).end(JSON.stringify(reply.body));
}

async function replyTo(request: IncomingMessage, audience: Audience): Promise<Reply> {
  const { method = '', url = '' } = request;
  const objection = objectionTo(request);
  if (objection) return refuse(objection.status, objection.reason);
  if (method === 'GET' && url === '/talks') return { status: 200, body: audience.workspaces.map(dataOf) };
  const [, platform, way = ''] = PATH.exec(url) ?? [];
  const workspace = audience.workspaces.find((each) => each.platform === platform);
  const act = Object.hasOwn(ACTS, way) ? ACTS[way] : undefined;
  if (method !== 'POST' || !workspace || !act) return refuse(404, 'There is nothing of this kind here.');
  const input = parseObject(await buffer(request));
  return input ? perform(() => act(workspace, input), workspace, input, audience) : refuse(400, 'Send a JSON object.');
}

async function perform(
  act: () => ReturnType<Workspace['say']>,
  workspace: Workspace,
  input: Json,
  { failed }: Audience,
): Promise<Reply> {
  const delivery = await act();
  const outcome = outcomeOf(delivery, workspace);
  if (outcome.kind === 'failed') failed(textAt(input, 'talk'), workspace, outcome.text);
  return { status: 200, body: outcome };
}

function refuse(status: number, error: string): Reply {
  return { status, body: { error } };
}
