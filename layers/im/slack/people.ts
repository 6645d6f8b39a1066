import type { User } from '../chat-app';
import type { SlackApi } from './api';
import { at, textAt } from './json';

/**
 * Who has this e-mail address: "users.lookupByEmail" of docs.slack.dev, for which the app needs the scope users:read.email.
 * Slack looks nobody up by mobile number. Throws DeliveryError.
 */
export async function lookUp(api: SlackApi, handle: { email: string } | { mobile: string }): Promise<User | undefined> {
  if (!('email' in handle)) return undefined;
  const body = await api.read('users.lookupByEmail', { email: handle.email }, 'users_not_found');
  const id = textAt(body, 'user', 'id');
  if (!id || at(body, 'user', 'deleted') === true) return undefined;
  const name = nameIn(body);
  return { id, ...(name && { name }) };
}

/** What somebody is called: "users.info" of docs.slack.dev, for which the app needs the scope users:read. Throws DeliveryError. */
export async function nameOf(api: SlackApi, id: string): Promise<string | undefined> {
  return nameIn(await api.read('users.info', { user: id }, 'user_not_found')) || undefined;
}

const nameIn = (body: unknown): string =>
  textAt(body, 'user', 'profile', 'display_name') || textAt(body, 'user', 'real_name');
