import type { CallbackTemplates } from '../../local/chat/callback-templates';
import type { Json } from '../../local/chat/json';
import type { CallbackRequest } from './chat-app';

/** The callback of a kind from its template, with a change before it is signed. */
export function written(
  templates: CallbackTemplates,
  kind: string,
  at: number,
  change: (content: Json) => Json = (same) => same,
) {
  const { build, sign } = templates.templates[kind] ?? {};
  if (!build || !sign) throw new Error(`There is no template for a ${kind}.`);
  const content = change(build(Object.keys(templates.templates).indexOf(kind) + 1, at));
  return { content, sealed: (when = at) => requestOf(sign(content, when)) };
}

function requestOf({ headers, body }: { headers: CallbackRequest['headers']; body: string }): CallbackRequest {
  return { method: 'POST', headers, body: Buffer.from(body) };
}

/** The request with other headers. */
export const withHeaders = (request: CallbackRequest, headers: Record<string, string>): CallbackRequest => ({
  ...request,
  headers: { ...request.headers, ...headers },
});

export const withBody = (request: CallbackRequest, change: (body: string) => string): CallbackRequest => ({
  ...request,
  body: Buffer.from(change(request.body.toString())),
});
