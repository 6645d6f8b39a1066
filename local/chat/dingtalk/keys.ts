import { randomBytes } from 'node:crypto';

/** In seconds: "obtain-the-access-token-of-an-internal-app". */
const TOKEN_LIFE = 7_200;
/** `sessionWebhookExpiredTime` is 90 minutes after `createAt` in every sample of the documents. */
const SESSION_LIFE = 5_400_000;

/** The access token of the robot's app. */
export interface Tokens {
  /** Within its life, the same one as before, which then lives for two hours more. */
  issue(): { accessToken: string; expireIn: number };
  accepts(token: string): boolean;
}

export function openTokens(now: () => number): Tokens {
  let token = '';
  let ends = 0;
  return {
    issue() {
      if (now() >= ends) token = randomBytes(16).toString('hex');
      ends = now() + TOKEN_LIFE * 1000;
      return { accessToken: token, expireIn: TOKEN_LIFE };
    },
    accepts: (given) => given !== '' && given === token && now() < ends,
  };
}

/** Webhooks by which the robot answers in a talk. */
export interface Sessions {
  issue(talk: string): { url: string; until: number };
  /** The id of the talk behind it; undefined when there is none, or it is over. */
  talkOf(url: URL): string | undefined;
}

export function openSessions(now: () => number): Sessions {
  const issued = new Map<string, { talk: string; until: number }>();
  return {
    issue(talk) {
      const session = randomBytes(16).toString('hex');
      const until = now() + SESSION_LIFE;
      issued.set(session, { talk, until });
      return { url: `https://oapi.dingtalk.com/robot/sendBySession?session=${session}`, until };
    },
    talkOf(url) {
      const session = issued.get(url.searchParams.get('session') ?? '');
      return session && now() < session.until ? session.talk : undefined;
    },
  };
}
