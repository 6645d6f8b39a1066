import type { ApiRequest, Workspace } from '../workspace';
import { type ApiAnswer, refuse, throttle } from './web-api';

type Kind = Parameters<Workspace['injectFault']>[1];

/** What goes wrong with the next calls; it wears off by itself. */
export interface Troubles {
  add: Workspace['injectFault'];
  take(call: ApiRequest): Kind | undefined;
}

export function openTroubles(): Troubles {
  const troubles: { path: string; kind: Kind; times: number }[] = [];
  return {
    add: (path, kind, times) => void troubles.push({ path, kind, times }),
    take({ url }) {
      const trouble = troubles.find(({ path, times }) => times > 0 && url.pathname.includes(path));
      if (trouble) trouble.times -= 1;
      return trouble?.kind;
    },
  };
}

/** Instead of what was asked for; undefined where it is done all the same. */
export function spoilt(kind: Kind | undefined, { url }: ApiRequest): ApiAnswer | 'silent' | undefined {
  if (kind === 'hang') return 'silent';
  if (kind === 'error' && url.hostname === 'files.slack.com') return { status: 500, body: 'Internal Server Error' };
  if (kind === 'error') return refuse('internal_error');
  return kind === 'throttle' ? throttle(30) : undefined;
}
