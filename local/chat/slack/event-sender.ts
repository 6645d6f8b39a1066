import { createHmac } from 'node:crypto';
import { type CallbackSender, createCallbackSender } from '../callback-sender';
import { parseObject, textAt } from '../json';
import type { Delivery, SignedCallback, WorkspaceOptions } from '../workspace';
import { changedEvent, messageEvent, type SlackCallback } from './events';
import { SECRETS } from './organization';
import type { SlackMessage, SlackState } from './state';

/** Real time: "Events API" of docs.slack.dev; the same for commands and presses. */
const TIMEOUT_MS = 3_000;
/** "Nearly immediately", after a minute, after five: the same page. */
const RETRY_DELAYS_MS = [0, 60_000, 300_000];
const CHALLENGE = '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P';

export interface EventSender extends Pick<CallbackSender, 'deliveries' | 'close'> {
  send(callback: SlackCallback): Promise<Delivery>;
  sign(callback: SlackCallback): SignedCallback;
  /** Enters the Request URL: it must return the challenge, as JSON or as text ("url_verification" of docs.slack.dev). */
  subscribe(url: string): Promise<void>;
}

/** Shared by the API and the actions of people. */
export interface SlackContext {
  readonly state: SlackState;
  readonly sender: EventSender;
}

export function createEventSender({ now, rate }: WorkspaceOptions): EventSender {
  const sender = createCallbackSender({ timeoutMs: TIMEOUT_MS, retryDelaysMs: RETRY_DELAYS_MS, rate });
  const sign = ({ body, type }: SlackCallback): SignedCallback => ({
    headers: { 'content-type': type, ...signatureHeaders(body, SECRETS.signingSecret, now()) },
    body,
  });
  const send = (callback: SlackCallback) =>
    sender.send({
      isRetried: callback.isEvent,
      create({ number, lastFailure = '' }) {
        const { headers, body } = sign(callback);
        const retry = number > 0 && { 'x-slack-retry-num': String(number), 'x-slack-retry-reason': lastFailure };
        return { headers: { ...headers, ...retry }, body };
      },
    });
  return {
    ...{ send, sign, deliveries: sender.deliveries, close: sender.close },
    async subscribe(url) {
      const before = sender.callbackUrl;
      sender.callbackUrl = url;
      const request = JSON.stringify({ token: 'deprecated', challenge: CHALLENGE, type: 'url_verification' });
      const { status, body } = await send({ body: request, type: 'application/json', isEvent: false });
      const returned = textAt(parseObject(Buffer.from(body)), 'challenge') || body.trim();
      if (status === 200 && returned === CHALLENGE) return;
      sender.callbackUrl = before;
      throw new Error("Your URL didn't respond with the value of the challenge parameter.");
    },
  };
}

/** "Verifying requests from Slack" of docs.slack.dev. */
export function signatureHeaders(body: string, secret: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${signature}` };
}

/** Posts a message of the bot. The bot receives its own messages as events. */
export function postAsBot({ state, sender }: SlackContext, message: Omit<SlackMessage, 'ts' | 'by'>): SlackMessage {
  const posted = state.add({ ...message, by: 'bot' });
  if (!state.withoutBot.has(posted.channel)) void sender.send(messageEvent(posted, undefined, state.nextStamp()));
  return posted;
}

/** Replaces a message of the bot. */
export function updateAsBot({ state, sender }: SlackContext, message: SlackMessage): SlackMessage {
  const updated = state.replace(message);
  if (!state.withoutBot.has(updated.channel)) void sender.send(changedEvent(updated, state.nextStamp()));
  return updated;
}
