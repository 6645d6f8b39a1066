import { DeliveryError } from '../errors';
import { PLATFORM } from './message';

const TOKENLESS = {
  reason: 'no bot token is configured; enter the Bot User OAuth Token (xoxb-…) of the app',
  code: 'not_authed',
  retryable: false,
};

/** The header that the bot proves itself with. Throws DeliveryError where there is no token. */
export function authorization(botToken: string): { authorization: string } {
  if (botToken) return { authorization: `Bearer ${botToken}` };
  throw new DeliveryError(PLATFORM, TOKENLESS);
}
