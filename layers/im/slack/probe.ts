import type { Secrets } from '../chat-app';
import { DeliveryError } from '../errors';
import type { SlackApi } from './api';
import { textAt } from './json';
import { PLATFORM } from './message';

/** Resolves when Slack knows the bot token ("auth.test" of docs.slack.dev), and there is a signing secret. Throws DeliveryError. */
export async function probe(api: SlackApi, { signingSecret, teamId }: Secrets): Promise<void> {
  if (!signingSecret) refuse('no signing secret is configured; copy it from the Basic Information of the app');
  const body = await api.write('auth.test', {});
  if (teamId && textAt(body, 'team_id') !== teamId) {
    refuse('the bot token is of another workspace than the configured teamId');
  }
}

function refuse(reason: string): never {
  throw new DeliveryError(PLATFORM, { reason, retryable: false });
}
