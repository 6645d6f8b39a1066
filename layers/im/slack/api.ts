import { type ApiClient, apiRequest } from '../api-client';
import type { HttpResponse, Payload, Runtime } from '../channel';
import type { Secrets, User } from '../chat-app';
import { isOnHosts } from '../http';
import { textAt, valueAt } from '../json';
import { secretsOf } from '../redact';
import { errorWord, PLATFORM, parseApiResponse, parseReplyResponse, slackError } from './errors';
import { RESPONSE_HOST } from './receive-message';

/** Pages of messages: up to 40,000 characters each, in escapes of six bytes. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

type Fields = Readonly<Record<string, string>>;

/** Slack's Web API, and the addresses that interactions are answered at. All throw DeliveryError and resolve with the body. */
export interface SlackApi {
  /** Calls a method that changes something. */
  post(method: string, body: Payload): Promise<unknown>;
  /** The same as a form, for a method that takes no JSON although its page says so. */
  postForm(method: string, fields: Fields): Promise<unknown>;
  /**
   * Calls a method that reads; such methods take no JSON.
   * @param notFound the error that only means that there is none; the result is then undefined
   */
  get(method: string, query: Fields, notFound?: string): Promise<unknown>;
  /** Answers an interaction at its response_url. */
  reply(url: string, message: Payload): Promise<void>;
}

/** Bot tokens do not expire ("Tokens" of docs.slack.dev), unless the app opts into token rotation, which is not supported. */
export function createSlackApi({ botToken = '', signingSecret = '' }: Secrets, runtime: Runtime): SlackApi {
  const secrets = [botToken, signingSecret].filter(Boolean);
  const client: ApiClient = { platform: PLATFORM, runtime, parseResponse: parseApiResponse, secrets };
  const call = async (method: string, request: { headers?: Fields; body: string }) => {
    const headers = { ...authorization(botToken), ...request.headers };
    return (await apiRequest({ method: 'POST', url: methodUrl(method), headers, body: request.body }, client)).body;
  };
  return {
    post: (method, body) => call(method, { body: JSON.stringify(body) }),
    postForm: (method, fields) => call(method, { headers: FORM, body: new URLSearchParams(fields).toString() }),
    async get(method, query, notFound) {
      const url = methodUrl(method);
      url.search = new URLSearchParams(query).toString();
      const isAbsent = ({ body }: HttpResponse) => notFound !== undefined && errorWord(body) === notFound;
      const response = await apiRequest(
        { method: 'GET', url, headers: authorization(botToken), maxResponseBytes: MAX_PAGE_BYTES },
        { ...client, parseResponse: (response) => (isAbsent(response) ? undefined : parseApiResponse(response)) },
      );
      return isAbsent(response) ? undefined : response.body;
    },
    async reply(address, message) {
      const url = URL.canParse(address) ? new URL(address) : undefined;
      if (!url || !isOnHosts(url, [RESPONSE_HOST])) throw slackError('the address to answer at is not one of Slack');
      const replyClient = { ...client, parseResponse: parseReplyResponse, secrets: [...secretsOf(url), ...secrets] };
      await apiRequest({ method: 'POST', url, body: JSON.stringify(message) }, replyClient);
    },
  };
}

function methodUrl(method: string): URL {
  return new URL(`https://slack.com/api/${method}`);
}

/** Throws DeliveryError where there is no token. */
export function authorization(botToken: string): { authorization: string } {
  if (botToken) return { authorization: `Bearer ${botToken}` };
  const reason = 'no bot token is configured; enter the Bot User OAuth Token (xoxb-…) of the app';
  throw slackError(reason, { code: 'not_authed' });
}

/**
 * The user with this e-mail address: "users.lookupByEmail" of docs.slack.dev, which needs the scope users:read.email. Slack has
 * no search by mobile number. Throws DeliveryError.
 */
export async function findUser(
  api: SlackApi,
  handle: { email: string } | { mobile: string },
): Promise<User | undefined> {
  if (!('email' in handle)) return undefined;
  const body = await api.get('users.lookupByEmail', { email: handle.email }, 'users_not_found');
  const id = textAt(body, 'user', 'id');
  if (!id || valueAt(body, 'user', 'deleted') === true) return undefined;
  const name = nameIn(body);
  return { id, ...(name && { name }) };
}

/** A user's name: "users.info" of docs.slack.dev, which needs the scope users:read. Throws DeliveryError. */
export async function getUserName(api: SlackApi, id: string): Promise<string | undefined> {
  return nameIn(await api.get('users.info', { user: id }, 'user_not_found')) || undefined;
}

function nameIn(body: unknown): string {
  return textAt(body, 'user', 'profile', 'display_name') || textAt(body, 'user', 'real_name');
}

/** Resolves when Slack accepts the bot token ("auth.test" of docs.slack.dev) and there is a signing secret. Throws DeliveryError. */
export async function healthCheck(api: SlackApi, { signingSecret, teamId }: Secrets): Promise<void> {
  if (!signingSecret) {
    throw slackError('no signing secret is configured; copy it from the Basic Information of the app');
  }
  const body = await api.post('auth.test', {});
  if (teamId && textAt(body, 'team_id') !== teamId) {
    throw slackError('the bot token is of another workspace than the configured teamId');
  }
}
