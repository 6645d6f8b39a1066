import type { Api } from './api';
import { refused } from './api-call';
import { inside } from './inside';

const ACTIVE = 2;

/** `activate_status` of page "获取机器人信息". */
const STATES: Readonly<Record<number, string>> = {
  0: 'is not installed; let an administrator install it',
  1: 'is switched off; let an administrator enable it',
  3: 'is installed, but not enabled; let an administrator enable it',
  4: 'waits for its new version to be approved by an administrator',
  5: 'has a licence that ended',
  6: 'is switched off because the plan of this organisation ended',
};

/** Resolves when Feishu knows the app and its secret, and the bot is awake. Throws DeliveryError. */
export async function probe(api: Api): Promise<void> {
  const status = inside(await api({ method: 'GET', path: 'bot/v3/info' }), 'bot', 'activate_status');
  if (status === ACTIVE) return;
  const state =
    STATES[Number(status)] ?? 'has no bot; add the bot ability in the developer console and release a version';
  throw refused(`the app ${state}`);
}
