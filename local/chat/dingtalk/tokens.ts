import { randomBytes } from 'node:crypto';

/** "obtain-the-access-token-of-an-internal-app". */
const TOKEN_LIFETIME_S = 7_200;
/** `sessionWebhookExpiredTime` is 90 minutes after `createAt` in every sample of the documents. */
const SESSION_LIFETIME_MS = 5_400_000;

/** Access tokens of the robot's app. */
export interface Tokens {
  /** A valid token is returned again, and then lives for two more hours. */
  issue(): { accessToken: string; expireIn: number };
  isValid(token: string): boolean;
}

export function createTokens(now: () => number): Tokens {
  let token = '';
  let expiresAt = 0;
  return {
    issue() {
      if (now() >= expiresAt) token = randomBytes(16).toString('hex');
      expiresAt = now() + TOKEN_LIFETIME_S * 1000;
      return { accessToken: token, expireIn: TOKEN_LIFETIME_S };
    },
    isValid: (given) => given !== '' && given === token && now() < expiresAt,
  };
}

export interface Session {
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Session webhooks: URLs for the robot's replies in a conversation. */
export interface Sessions {
  issue(conversation: string): Session;
  /** The id of the conversation; undefined if the session is unknown or expired. */
  conversationOf(url: URL): string | undefined;
}

export function createSessions(now: () => number): Sessions {
  const sessions = new Map<string, { conversation: string; expiresAt: number }>();
  return {
    issue(conversation) {
      const session = randomBytes(16).toString('hex');
      const expiresAt = now() + SESSION_LIFETIME_MS;
      sessions.set(session, { conversation, expiresAt });
      return { url: `https://oapi.dingtalk.com/robot/sendBySession?session=${session}`, expiresAt };
    },
    conversationOf(url) {
      const session = sessions.get(url.searchParams.get('session') ?? '');
      return session && now() < session.expiresAt ? session.conversation : undefined;
    },
  };
}
