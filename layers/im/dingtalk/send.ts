import { apiRequest } from '../api-client';
import type { Card } from '../card';
import { plainTextMessage } from '../card-text';
import type { HttpResponse, Payload, Rejection, Runtime } from '../channel';
import type { Conversation } from '../chat-app';
import { DeliveryError } from '../errors';
import { listAt, textAt } from '../json';
import { secretsOf } from '../redact';
import type { Api } from './api';
import { renderBotMessages, withoutMentions } from './controls';
import { parseApiResponse, parseResponse } from './errors';
import { dingtalkWebhook, isSessionUrl } from './webhook';

/** A session is valid for about 90 minutes; a message that is on its way when it ends is lost. */
const SESSION_MARGIN_MS = 60_000;

/**
 * A session that is over. 300001 with the text "session does not exist" is in many logs of 2026, the names are from the
 * error table of the OpenAPI, and HTTP 500 is one report (with it the message may have been shown all the same).
 */
const SESSION_OVER = ['300001', '300005', 'session.notExisted', 'session.expired', 'HTTP 404', 'HTTP 410', 'HTTP 500'];

const UNKNOWN_USER: Rejection = {
  reason:
    'DingTalk did not provide the id of this person; publish a version of the app, and let them write to the robot again',
  code: 'person',
  retryable: false,
};

/** "chatbots-send-one-on-one-chat-messages-in-batches": a successful call may have reached no one. */
const UNREACHED: Readonly<Record<string, Rejection>> = {
  invalidStaffIdList: { reason: 'the organisation has no member with this user id (any more)', retryable: false },
  flowControlledStaffIdList: {
    reason: 'too many messages for this person',
    retryable: true,
    retryAfterSeconds: 60,
    throttled: true,
  },
};

/** Sends one message. */
type Transport = (payload: Payload, idempotencyKey?: string) => Promise<void>;

/**
 * Sends a card: in the session of a callback while that is valid (there people can be mentioned), and by the OpenAPI after
 * that. A message that is rejected for its form is sent once more as plain text. Throws DeliveryError.
 * @param idempotencyKey extended for each message. Only custom robots' messages are documented to have one (`msgUuid`);
 * where a session ignores it, and by the OpenAPI, a lost response means that the message may be shown twice: a robot cannot
 * read a conversation, so it cannot look first, either.
 */
export async function send(api: Api, card: Card, to: Conversation, idempotencyKey?: string): Promise<void> {
  const session = sessionUrl(to, api.runtime.now());
  const transport = createTransport(api, to, session);
  const key = (part: string | number) => (idempotencyKey === undefined ? undefined : `${idempotencyKey}.${part}`);
  const [first, ...others] = renderBotMessages(session ? card : withoutMentions(card));
  if (!first) return;
  try {
    await transport(first, key(1));
  } catch (error) {
    if (!(error instanceof DeliveryError) || !error.payloadRejected) throw error;
    return transport(plainTextMessage(card, dingtalkWebhook), key('plain'));
  }
  for (const [index, payload] of others.entries()) await transport(payload, key(index + 2));
}

/** A session that turns out to be over is not tried again for the next messages. */
function createTransport(api: Api, to: Conversation, session: URL | undefined): Transport {
  let openSession = session;
  return async (payload, idempotencyKey) => {
    const message = idempotencyKey ? { ...payload, msgUuid: idempotencyKey } : payload;
    if (openSession && (await sendToSession(message, openSession, api.runtime))) return;
    openSession = undefined;
    await sendTemplate(api, toTemplate(payload), recipientOf(to));
  };
}

function sessionUrl({ replyUrl }: Conversation, now: number): URL | undefined {
  const isUsable = replyUrl && now + SESSION_MARGIN_MS < replyUrl.expiresAt && isSessionUrl(replyUrl.url);
  return isUsable ? new URL(replyUrl.url) : undefined;
}

/** Returns false when the session is over, and nothing was sent. Throws DeliveryError. */
async function sendToSession(message: Payload, url: URL, runtime: Runtime): Promise<boolean> {
  const request = { method: 'POST', url, body: JSON.stringify(message) } as const;
  const client = { platform: 'dingtalk', runtime, parseResponse: parseSessionResponse, secrets: secretsOf(url) };
  try {
    await apiRequest(request, client);
    return true;
  } catch (error) {
    if (error instanceof DeliveryError && SESSION_OVER.includes(error.code ?? '')) return false;
    throw error;
  }
}

/** A session answers like the webhook of a custom robot; its codes are documented among those of the OpenAPI. */
function parseSessionResponse(response: HttpResponse): Rejection | undefined {
  return textAt(response.body, 'code') ? parseApiResponse(response) : parseResponse(response);
}

/** The call that sends to a conversation, and the recipient in its body. */
export interface Recipient {
  path: string;
  recipient: Payload;
}

/** Throws DeliveryError where the person of a direct chat is unknown. */
export function recipientOf({ kind, id, userId }: Conversation): Recipient {
  if (kind === 'group') return { path: '/v1.0/robot/groupMessages/send', recipient: { openConversationId: id } };
  if (!userId) throw new DeliveryError('dingtalk', UNKNOWN_USER);
  return { path: '/v1.0/robot/oToMessages/batchSend', recipient: { userIds: [userId] } };
}

/** A message of the OpenAPI, which has the same messages under other names ("robot-message-type"). */
export interface Template {
  msgKey: string;
  /** JSON as text. */
  msgParam: string;
}

/** Sends at any time, to a group that the robot is in or to a person. Throws DeliveryError. */
export async function sendTemplate(api: Api, message: Template, { path, recipient }: Recipient): Promise<void> {
  const body = await api.post(path, { robotCode: api.robot.robotCode, ...message, ...recipient });
  const unreached = Object.entries(UNREACHED).find(([list]) => listAt(body, list).length > 0);
  if (unreached) throw new DeliveryError('dingtalk', { ...unreached[1], code: unreached[0] });
}

const TEMPLATES: Readonly<Record<string, (message: unknown) => [key: string, param: Payload]>> = {
  text: (message) => ['sampleText', { content: textAt(message, 'content') }],
  markdown: (message) => ['sampleMarkdown', pick(message, 'title', 'text')],
  actionCard: (message) => {
    const count = listAt(message, 'btns').length;
    if (count === 0) return ['sampleActionCard', pick(message, 'title', 'text', 'singleTitle', 'singleURL')];
    return [`sampleActionCard${count}`, { ...pick(message, 'title', 'text'), ...numberedButtons(message) }];
  },
};

/** The same message in the format of the OpenAPI, without the mentions in `at`, which it does not have. */
export function toTemplate(payload: Payload): Template {
  const kind = String(payload.msgtype);
  const [msgKey, param] = TEMPLATES[kind]?.(payload[kind]) ?? ['sampleText', { content: '' }];
  return { msgKey, msgParam: JSON.stringify(param) };
}

function pick(message: unknown, ...names: string[]): Payload {
  return Object.fromEntries(names.map((name) => [name, textAt(message, name)]));
}

/** Two to five buttons, one below the other. */
function numberedButtons(message: unknown): Payload {
  const buttons = listAt(message, 'btns').flatMap((button, index) => [
    [`actionTitle${index + 1}`, textAt(button, 'title')],
    [`actionURL${index + 1}`, textAt(button, 'actionURL')],
  ]);
  return Object.fromEntries(buttons);
}
