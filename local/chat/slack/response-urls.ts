import type { Json } from '../json';
import type { ApiRequest } from '../workspace';
import { objectionToMessage } from './message-checks';
import { TEAM } from './organisation';
import type { ApiAnswer } from './web-api';

/** Five answers within 30 minutes: "Handling user interaction" of docs.slack.dev. */
const MOST_USES = 5;
const LIFE = 30 * 60 * 1000;

interface Issued {
  channel: string;
  thread?: string;
  at: number;
  uses: number;
}

/** Addresses that one interaction is answered at, wherever the bot is a member. */
export interface ResponseUrls {
  issue(kind: 'commands' | 'actions', channel: string, thread: string | undefined): string;
  answer(call: ApiRequest): ApiAnswer;
}

/** @param keep what is said in the channel; what only the person would see is not kept */
export function openResponseUrls(
  now: () => number,
  keep: (payload: Json, channel: string, thread?: string) => void,
): ResponseUrls {
  const issued = new Map<string, Issued>();
  return {
    issue(kind, channel, thread) {
      const path = `/${kind}/${TEAM}/${1_000_000 + issued.size}/${'X'.repeat(24)}`;
      issued.set(path, { channel, at: now(), uses: 0, ...(thread && { thread }) });
      return `https://hooks.slack.com${path}`;
    },
    answer(call) {
      const known = issued.get(call.url.pathname);
      const objection = objectionTo(known, call);
      if (!known || objection) return objection ?? refuse(404, 'invalid_url');
      known.uses += 1;
      const { response_type, replace_original: _, thread_ts, ...message } = call.payload ?? {};
      const thread = typeof thread_ts === 'string' ? thread_ts : known.thread;
      if (response_type === 'in_channel') keep(message, known.channel, thread);
      return { status: 200, body: 'ok' };
    },
  };
}

/** These words are what people report; no page lists them. */
function objectionTo(known: Issued | undefined, { at, payload }: ApiRequest): ApiAnswer | undefined {
  if (!known) return refuse(404, 'invalid_url');
  if (at > known.at + LIFE) return refuse(404, 'expired_url');
  if (known.uses >= MOST_USES) return refuse(404, 'used_url');
  const objection = payload ? objectionToMessage(payload) : 'invalid_payload';
  return objection ? refuse(400, objection) : undefined;
}

function refuse(status: number, error: string): ApiAnswer {
  return { status, body: { ok: false, error } };
}
