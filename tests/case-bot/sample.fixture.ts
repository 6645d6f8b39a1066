import type { CallbackRequest, Secrets } from '@casebell/im/bots';
import type { CallbackTemplate, CallbackTemplates } from '../../local/chat/callback-templates';
import type { Json } from '../../local/chat/json';
import { createCallbackTemplates } from '../../local/chat/platforms';
import type { SignedCallback } from '../../local/chat/workspace';

/** A callback that a bot believes. */
export interface Sample {
  /** Which scribe wrote it. */
  from: string;
  platform: CallbackTemplates['platform'];
  secrets: Secrets;
  kindName: string;
  kind: CallbackTemplate;
  /** Before it was signed and encrypted. */
  content: Json;
  at: number;
  request: CallbackRequest;
  /** Another one of the same kind. */
  other: CallbackRequest;
  /** Which part of it the platform vouches for: nothing but a token in it, its time, or all of it. */
  vouched: 'nothing' | 'time' | 'all';
}

/** One of each kind, from each platform, with and without encryption, all of that moment (ms since 1970, a whole second). */
export function samplesOf(at: number): Sample[] {
  return Object.entries(createCallbackTemplates()).flatMap(([from, { platform, secrets, templates }], row) =>
    Object.entries(templates).map(([kindName, kind], column) => {
      const [content, other] = [row * 10 + column, 500 + row * 10 + column].map((number) => kind.build(number, at));
      const vouched = from === 'dingtalk' ? 'time' : vouchedIn(kind.sign(content ?? {}, at));
      const request = requestOf(kind.sign(content ?? {}, at));
      const sample = { from, platform, secrets, kindName, kind, content: content ?? {}, at, vouched, request } as const;
      return { ...sample, other: requestOf(kind.sign(other ?? {}, at)) };
    }),
  );
}

export function requestOf({ headers, body }: SignedCallback): CallbackRequest {
  return { method: 'POST', headers, body: Buffer.from(body) };
}

const vouchedIn = ({ headers }: SignedCallback): Sample['vouched'] =>
  Object.keys(headers).some((name) => name.endsWith('signature')) ? 'all' : 'nothing';
