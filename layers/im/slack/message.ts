import type { Callback, CallbackReply, Conversation } from '../chat-app';
import { isOnHosts } from '../http';

export const PLATFORM = 'slack';

/** Slack wants a 200 within three seconds, and nothing in it. */
export const DONE: CallbackReply = { status: 200 };

/** Where an interaction is answered. */
export const RESPONSE_HOST = 'hooks.slack.com';

/** In ms: "response_url" is good for five answers within 30 minutes, as "Handling user interaction" of docs.slack.dev says. */
const ANSWERABLE = 30 * 60 * 1000;

/** A callback that nothing is done about. */
export function ignored(reason: string): Callback {
  return { kind: 'ignored', reply: DONE, reason };
}

/** The place behind a channel id; ids of direct chats begin with D. */
export function conversationIn(channel: string, userId: string, thread: string): Conversation {
  const place: Conversation = channel.startsWith('D')
    ? { id: channel, kind: 'direct', userId }
    : { id: channel, kind: 'group' };
  return time(thread) ? { ...place, thread } : place;
}

/** The same, with the way to answer there even where the bot is no member. An address of anybody but Slack is left out. */
export function answerable(place: Conversation, address: string, now: number): Conversation {
  if (!URL.canParse(address) || !isOnHosts(new URL(address), [RESPONSE_HOST])) return place;
  return { ...place, replyUrl: { url: address, expiresAt: now + ANSWERABLE } };
}

const PERSON = /^[UW][A-Z0-9]{1,30}$/;
const CHANNEL = /^[CGD][A-Z0-9]{1,30}$/;
const TIMESTAMP = /^\d{1,12}\.\d{1,6}$/;

/** Whether these can be ids of a person and of a channel. */
export function isBy(person: string, channel: string): boolean {
  return PERSON.test(person) && CHANNEL.test(channel);
}

/** Slack's `1355517523.000005` in ms; 0 where it is none. */
export function time(ts: string): number {
  return TIMESTAMP.test(ts) ? Math.floor(Number(ts) * 1000) : 0;
}
