import { textAt } from '../json';
import type { Delivery, SignedCallback, Workspace } from '../workspace';
import { DEADLINE, openCourier } from './courier';
import { type Office, SECRETS } from './office';
import { seal, sealHandshake } from './seal';

/** Page "将事件发送至开发者服务器": the challenge must be back within 1 s. */
const HANDSHAKE = 1_000;
/** Before a callback url is entered, nobody is told. */
const NOBODY: Delivery = { status: 0, durationMs: 0, body: '' };

export interface LineOptions {
  rate?(): number;
  /** `false`: without an Encrypt Key, as an app is when it is new. */
  encrypted?: boolean;
}

/** From the organisation to the bot's callback url. */
export interface Line extends Pick<Workspace, 'deliveries' | 'subscribe' | 'close'> {
  /** A callback as it would go out now. */
  sealed(event: object): SignedCallback;
  /** An event: again and again until it is answered. */
  tellEvent(event: object): Promise<Delivery>;
  /** A press: once. */
  tellPress(press: object): Promise<Delivery>;
}

export function openLine(office: Office, { rate, encrypted = true }: LineOptions): Line {
  const courier = openCourier(() => rate?.() ?? 1);
  const encryptKey = encrypted ? SECRETS.encryptKey : undefined;
  let callbackUrl = '';
  const deal = () => ({ now: office.now(), nonce: office.newId(''), encryptKey });
  const sealed = (event: object) => seal(event, deal());

  return {
    deliveries: courier.deliveries,
    sealed,
    async subscribe(url) {
      const challenge = office.newId('');
      const handshake = { challenge, token: SECRETS.verificationToken, type: 'url_verification' };
      const { status, body } = await courier.bring(url, sealHandshake(handshake, deal()), HANDSHAKE);
      if (status !== 200 || challengeIn(body) !== challenge) {
        throw new Error(`Challenge code 没有返回 (the url did not answer the challenge: HTTP ${status})`);
      }
      callbackUrl = url;
    },
    tellEvent: async (event) => (callbackUrl ? courier.insist(callbackUrl, () => sealed(event)) : NOBODY),
    tellPress: async (press) => (callbackUrl ? courier.bring(callbackUrl, sealed(press), DEADLINE) : NOBODY),
    close: courier.close,
  };
}

function challengeIn(body: string): string {
  try {
    return textAt(JSON.parse(body), 'challenge');
  } catch {
    return '';
  }
}
