import { type ApiCall, ask } from './api-call';
import type { Session } from './session';

/** Calls the API in the name of the bot and gives the whole answer. Throws DeliveryError. */
export type Api = (call: ApiCall) => Promise<unknown>;

/** The open platform of Feishu, or of Lark, for the app of this session. */
export function openApi({ secrets, runtime, authorized }: Session): Api {
  return (call) => authorized((token) => ask(call, secrets, runtime, token));
}
