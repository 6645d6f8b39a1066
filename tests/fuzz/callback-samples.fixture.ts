import type { CallbackRequest, Secrets } from '@casebell/im/bots';
import type { CallbackTemplate, CallbackTemplates } from '../../local/chat/callback-templates';
import { isObject, type Json } from '../../local/chat/json';
import { createCallbackTemplates } from '../../local/chat/platforms';
import type { SignedCallback } from '../../local/chat/workspace';

/** A callback that a bot accepts. */
export interface Sample {
  /** The set of templates that it is from. */
  from: string;
  platform: CallbackTemplates['platform'];
  secrets: Secrets;
  kindName: string;
  kind: CallbackTemplate;
  /** Before signing and encryption. */
  content: Json;
  at: number;
  request: CallbackRequest;
  /** Another callback of the same kind. */
  other: CallbackRequest;
  /** What the platform signs: nothing (a token is in it), its time, or all of it. */
  signedPart: 'nothing' | 'time' | 'all';
}

/** One of each kind, from each platform, with and without encryption, all of that moment (ms since 1970, a whole second). */
export function samplesOf(at: number): Sample[] {
  return Object.entries(createCallbackTemplates()).flatMap(([from, { platform, secrets, templates }], row) =>
    Object.entries(templates).map(([kindName, kind], column) => {
      const [content, other] = [row * 10 + column, 500 + row * 10 + column].map((number) => kind.build(number, at));
      const signedPart = from === 'dingtalk' ? 'time' : signedPartOf(kind.sign(content ?? {}, at));
      const request = requestOf(kind.sign(content ?? {}, at));
      const sample = {
        from,
        platform,
        secrets,
        kindName,
        kind,
        content: content ?? {},
        at,
        signedPart,
        request,
      } as const;
      return { ...sample, other: requestOf(kind.sign(other ?? {}, at)) };
    }),
  );
}

export function requestOf({ headers, body }: SignedCallback): CallbackRequest {
  return { method: 'POST', headers, body: Buffer.from(body) };
}

const signedPartOf = ({ headers }: SignedCallback): Sample['signedPart'] =>
  Object.keys(headers).some((name) => name.endsWith('signature')) ? 'all' : 'nothing';

/** A callback that is delivered at a time to a bot with these secrets. */
export interface Attempt {
  request: CallbackRequest;
  /** ms since 1970 */
  now: number;
  /** The bot that is addressed. */
  bot: string;
  secrets: Secrets;
}

/** What a mutation changes; the rest stays unchanged. */
export interface MutatedCallback extends Partial<Attempt> {
  /** What the platform signed, or would have signed, where the content was changed first. */
  content?: Json;
}

/**
 * Whether the callback may be accepted: `never`; `same`, because nothing that is read has changed, with the same result; `by body`,
 * where the platform does not sign the body, whose contents decide.
 */
export type Expectation = 'never' | 'same' | 'by body';

export interface Mutation {
  expected(sample: Sample): Expectation;
  /** How often it is tried on each sample, with other random numbers. */
  times: number;
  /** Undefined where the callback has nothing of the kind. */
  mutate(sample: Sample, random: () => number): MutatedCallback | undefined;
}

export type Mutations = Readonly<Record<string, Mutation>>;

/** The content changed, and then signed by the platform itself. */
export function resealed(sample: Sample, content: Json): MutatedCallback {
  return { content, request: requestOf(sample.kind.sign(content, sample.at)) };
}

export const changed = (sample: Sample, path: readonly string[], value: unknown): MutatedCallback =>
  resealed(sample, put(sample.content, path, value));

/** A number below this one. */
export const below = (count: number, random: () => number): number => Math.floor(random() * count);

export type Path = readonly string[];

/** Every path in it, the outermost first. */
export function pathsIn(value: unknown): Path[] {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return entries.flatMap(([name, inner]) => [[name], ...pathsIn(inner).map((path) => [name, ...path])]);
}

/** The value at a path; own properties only. */
export function valueAt(value: unknown, path: Path): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? valueAt(Reflect.get(value, name), rest)
    : undefined;
}

/** A copy with another value at a path; `undefined` removes it. */
export function put(content: Json, path: Path, value: unknown): Json {
  const copy: Json = JSON.parse(JSON.stringify(content));
  const [last = '', ...way] = [...path].reverse();
  const holder = valueAt(copy, way.reverse());
  if (isObject(holder) || Array.isArray(holder))
    // As JSON.parse does it: `__proto__` becomes a property like any other.
    Object.defineProperty(holder, last, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}
