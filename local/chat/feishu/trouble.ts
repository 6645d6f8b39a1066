import type { ApiRequest, Workspace } from '../workspace';
import { type ApiReply, isRefusal, refuse, tooOften } from './api-reply';

type Kind = Parameters<Workspace['injectFault']>[1];
type Answered = Awaited<ReturnType<Workspace['handleApiRequest']>>;

/** What goes wrong with API calls on purpose. */
export interface Troubles {
  add(path: string, kind: Kind, times: number): void;
  /** Answers the call, or does not, as the next trouble for it wants. */
  around(call: ApiRequest, answer: (call: ApiRequest) => ApiReply): Answered;
}

export function openTroubles(refused: (call: ApiRequest, reply: ApiReply) => void): Troubles {
  const waiting: { path: string; kind: Kind; times: number }[] = [];

  function next({ url }: ApiRequest): Kind | undefined {
    const trouble = waiting.find(({ path, times }) => times > 0 && url.pathname.includes(path));
    if (trouble) trouble.times -= 1;
    return trouble?.kind;
  }

  const ways: Readonly<Record<Kind, (call: ApiRequest, answer: () => Answered) => Answered>> = {
    error: (call) => heard(call, refuse(2200, 'internal error', 500)),
    throttle: (call) => heard(call, tooOften(1)),
    hang: () => 'silent',
    lost: (_call, answer) => (answer() === 'silent' ? 'silent' : 'cut'),
  };

  function heard(call: ApiRequest, reply: ApiReply): ApiReply {
    if (isRefusal(reply)) refused(call, reply);
    return reply;
  }

  return {
    add: (path, kind, times) => void waiting.push({ path, kind, times }),
    around(call, answer) {
      const kind = next(call);
      const proper = () => heard(call, answer(call));
      return kind ? ways[kind](call, proper) : proper();
    },
  };
}
