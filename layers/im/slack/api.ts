import { type ApiClient, apiRequest } from '../api-client';
import type { HttpResponse, Payload, Runtime } from '../channel';
import type { Secrets } from '../chat-app';
import { DeliveryError } from '../errors';
import { isOnHosts } from '../http';
import { secretsOf } from '../redact';
import { PLATFORM, RESPONSE_HOST } from './message';
import { refusalIn, refusalOfAnswer, wordIn } from './refusal';
import { authorization } from './token';

/** Pages of what people wrote: up to 40,000 letters each, in escapes of six bytes. */
const LONGEST_PAGE = 4 * 1024 * 1024;

/** Slack's Web API, and the addresses that interactions are answered at. Both throw DeliveryError. */
export interface SlackApi {
  /**
   * Posts to a method that changes something.
   * @returns the answer's body
   */
  write(method: string, body: Payload): Promise<unknown>;
  /**
   * The same as a form, for a method that takes no JSON although its page says so.
   * @returns the answer's body
   */
  fill(method: string, fields: Readonly<Record<string, string>>): Promise<unknown>;
  /**
   * Asks a method; such methods take no JSON.
   * @param absence the refusal that only means that there is none
   * @returns the answer's body; undefined where there is none
   */
  read(method: string, query: Readonly<Record<string, string>>, absence?: string): Promise<unknown>;
  /** Answers an interaction at its response_url. */
  answer(address: string, message: Payload): Promise<void>;
}

/** Bot tokens do not expire ("Tokens" of docs.slack.dev), unless the app has opted into their rotation, which this does not do. */
export function openApi({ botToken = '', signingSecret = '' }: Secrets, runtime: Runtime): SlackApi {
  const api: ApiClient = {
    platform: PLATFORM,
    runtime,
    parseResponse: refusalIn,
    secrets: [botToken, signingSecret].filter(Boolean),
  };
  const headers = () => authorization(botToken);
  return {
    async write(method, payload) {
      const body = JSON.stringify(payload);
      return (await apiRequest({ method: 'POST', url: urlOf(method), headers: headers(), body }, api)).body;
    },
    async fill(method, fields) {
      const body = new URLSearchParams(fields).toString();
      const question = { method: 'POST', url: urlOf(method), headers: { ...headers(), ...FORM }, body } as const;
      return (await apiRequest(question, api)).body;
    },
    async read(method, query, absence) {
      const url = urlOf(method);
      url.search = new URLSearchParams(query).toString();
      const isAbsent = (answer: HttpResponse) => absence !== undefined && wordIn(answer.body) === absence;
      const parseResponse = (answer: HttpResponse) => (isAbsent(answer) ? undefined : refusalIn(answer));
      const answer = await apiRequest(
        { method: 'GET', url, headers: headers(), maxResponseBytes: LONGEST_PAGE },
        { ...api, parseResponse },
      );
      return isAbsent(answer) ? undefined : answer.body;
    },
    async answer(address, message) {
      const url = URL.canParse(address) ? new URL(address) : undefined;
      if (!url || !isOnHosts(url, [RESPONSE_HOST])) throw new DeliveryError(PLATFORM, UNEXPECTED);
      const secrets = [...secretsOf(url), ...api.secrets];
      const body = JSON.stringify(message);
      await apiRequest({ method: 'POST', url, body }, { ...api, parseResponse: refusalOfAnswer, secrets });
    },
  };
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const UNEXPECTED = { reason: 'the address to answer at is not one of Slack', retryable: false };

function urlOf(method: string): URL {
  return new URL(`https://slack.com/api/${method}`);
}
