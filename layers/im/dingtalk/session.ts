import type { Conversation } from '../chat-app';
import { isOnHosts } from '../http';
import { textAt, timeAt } from './fields';

const HOSTS = ['oapi.dingtalk.com', 'oapi.dingtalk.io'];
/** In milliseconds: what is on its way when the session ends is lost. */
const MARGIN = 60_000;

/** The webhook of a callback (`sessionWebhook`), if it is one: it comes in a body that nobody signed. */
export function answerIn(body: unknown): Conversation['replyUrl'] {
  const url = textAt(body, 'sessionWebhook');
  const expiresAt = timeAt(body, 'sessionWebhookExpiredTime');
  return expiresAt !== undefined && isSession(url) ? { url, expiresAt } : undefined;
}

/** Where the conversation may be answered just now without a token. It lives for about 90 minutes. */
export function sessionOf({ replyUrl }: Conversation, now: number): URL | undefined {
  return replyUrl && now + MARGIN < replyUrl.expiresAt && isSession(replyUrl.url) ? new URL(replyUrl.url) : undefined;
}

function isSession(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url !== undefined && isOnHosts(url, HOSTS) && url.pathname === '/robot/sendBySession';
}
