import { ForgedRequestError } from '../chat-app';
import { at, type Json, objectsAt, textAt } from './json';

/** Whom a bot serves, where it is configured to be checked. */
export interface Home {
  teamId?: string;
  appId?: string;
}

/** Throws ForgedRequest when it is meant for another app than the configured one. */
export function checkApp(body: Json | URLSearchParams, { appId }: Home): void {
  const given = body instanceof URLSearchParams ? body.get('api_app_id') : at(body, 'api_app_id');
  if (appId && given !== appId) throw new ForgedRequestError('it is for another app than the configured one');
}

/**
 * The workspace that the app was asked as, and its organisation where it has one. In a Slack Connect channel `team_id` may be the
 * author's, so `authorizations` go first: seen in the payloads that Slack's own SDKs are tested with.
 * Throws ForgedRequest when it is not the configured workspace.
 */
export function homeOf(envelope: Json, { teamId }: Home): string[] {
  const [authorization] = objectsAt(envelope, 'authorizations');
  const home = textAt(authorization, 'team_id') || textAt(envelope, 'team_id');
  if (!home || (teamId && home !== teamId))
    throw new ForgedRequestError('it is for another workspace than the configured one');
  return [home, textAt(authorization, 'enterprise_id')].filter(Boolean);
}

/**
 * Whether the author of an event may be of another organisation: a field that names their workspace names another one. Without
 * any such field they are a stranger in a shared channel; elsewhere it may be left out with files (slack-api-specs#62).
 */
export function isStranger(envelope: Json, home: readonly string[]): boolean {
  const event = at(envelope, 'event');
  const claims = [
    textAt(event, 'user_team'),
    textAt(event, 'source_team'),
    textAt(event, 'team'),
    textAt(event, 'user_profile', 'team'),
    ...objectsAt(event, 'files').map((file) => textAt(file, 'user_team')),
  ].filter(Boolean);
  if (claims.length === 0) return at(envelope, 'is_ext_shared_channel') === true;
  return claims.some((claim) => !home.includes(claim));
}

/**
 * The same of a press: the person's workspace, the workspace of the app and that of our own message have to be one. Which of
 * them `team` is in a shared channel is not documented, so all have to agree.
 */
export function isStrangersPress(payload: Json, { teamId = '' }: Home): boolean {
  const person = textAt(payload, 'user', 'team_id');
  const others = [teamId, textAt(payload, 'team', 'id'), textAt(payload, 'message', 'team')].filter(Boolean);
  return !person || others.length === 0 || others.some((other) => other !== person);
}
