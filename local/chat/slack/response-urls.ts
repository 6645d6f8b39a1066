import type { ApiRequest, ApiResponse } from '../workspace';
import { messageError } from './block-kit';
import { postAsBot, type SlackContext } from './event-sender';
import { TEAM } from './organization';

/** Five responses within 30 minutes: "Handling user interaction" of docs.slack.dev. */
const MAX_USES = 5;
const LIFETIME_MS = 30 * 60 * 1000;

interface IssuedUrl {
  readonly channel: string;
  readonly thread?: string;
  readonly at: number;
  uses: number;
}

/** URLs for the response to one interaction, in any channel. */
export interface ResponseUrls {
  create(kind: 'commands' | 'actions', channel: string, thread?: string): string;
  respond(request: ApiRequest): ApiResponse;
}

export function createResponseUrls(context: SlackContext, now: () => number): ResponseUrls {
  const issued = new Map<string, IssuedUrl>();
  return {
    create(kind, channel, thread) {
      const path = `/${kind}/${TEAM}/${1_000_000 + issued.size}/${'X'.repeat(24)}`;
      issued.set(path, { channel, at: now(), uses: 0, ...(thread && { thread }) });
      return `https://hooks.slack.com${path}`;
    },
    respond(request) {
      const known = issued.get(request.url.pathname);
      const rejection = rejectionOf(known, request);
      if (!known || rejection) return rejection ?? reject(404, 'invalid_url');
      known.uses += 1;
      const { response_type, replace_original: _, thread_ts, ...payload } = request.payload ?? {};
      const thread = typeof thread_ts === 'string' ? thread_ts : known.thread;
      // A response that only one person sees is not kept.
      if (response_type === 'in_channel') {
        postAsBot(context, { payload, channel: known.channel, ...(thread && { thread }) });
      }
      return { status: 200, body: 'ok' };
    },
  };
}

/** Error codes as people report them; they are not documented. */
function rejectionOf(known: IssuedUrl | undefined, { at, payload }: ApiRequest): ApiResponse | undefined {
  if (!known) return reject(404, 'invalid_url');
  if (at > known.at + LIFETIME_MS) return reject(404, 'expired_url');
  if (known.uses >= MAX_USES) return reject(404, 'used_url');
  const error = payload ? messageError(payload) : 'invalid_payload';
  return error ? reject(400, error) : undefined;
}

function reject(status: number, error: string): ApiResponse {
  return { status, body: { ok: false, error } };
}
