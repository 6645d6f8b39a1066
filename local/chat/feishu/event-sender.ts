import { type CallbackSender, createCallbackSender } from '../callback-sender';
import { parseObject, textAt } from '../json';
import type { Delivery, SignedCallback } from '../workspace';
import { encryptAndSign, encryptHandshake } from './encryption';
import { type FeishuState, SECRETS } from './state';

/** Real time. Page "事件概述": 3 s, and retries after 15 s, 5 min, 1 h and 6 h. No header marks a retry. */
const TIMEOUT_MS = 3_000;
const RETRY_DELAYS_MS = [15_000, 300_000, 3_600_000, 21_600_000];
/** Page "将事件发送至开发者服务器": the challenge must be returned within 1 s. */
const HANDSHAKE_TIMEOUT_MS = 1_000;

export interface SenderOptions {
  /** `false`: without an Encrypt Key, like a new app. */
  isEncrypted?: boolean;
}

export interface EventSender extends Pick<CallbackSender, 'deliveries' | 'close'> {
  sign(event: object): SignedCallback;
  sendEvent(event: object): Promise<Delivery>;
  /** Without retries. */
  sendPress(press: object): Promise<Delivery>;
  subscribe(url: string): Promise<void>;
}

export function createEventSender(state: FeishuState, { isEncrypted = true }: SenderOptions): EventSender {
  const sender = createCallbackSender({ timeoutMs: TIMEOUT_MS, retryDelaysMs: RETRY_DELAYS_MS, rate: state.rate });
  const encryptKey = isEncrypted ? SECRETS.encryptKey : undefined;
  const encryption = () => ({ now: state.now(), nonce: state.newId(''), encryptKey });
  const sign = (event: object) => encryptAndSign(event, encryption());
  return {
    ...{ sign, deliveries: sender.deliveries, close: sender.close },
    sendEvent: (event) => sender.send({ create: () => sign(event), isRetried: true }),
    sendPress: (press) => sender.send({ create: () => sign(press) }),
    async subscribe(url) {
      const before = sender.callbackUrl;
      sender.callbackUrl = url;
      const challenge = state.newId('');
      const handshake = { challenge, token: SECRETS.verificationToken, type: 'url_verification' };
      const create = () => encryptHandshake(handshake, encryption());
      const { status, body } = await sender.send({ create, timeoutMs: HANDSHAKE_TIMEOUT_MS });
      if (status === 200 && textAt(parseObject(Buffer.from(body)), 'challenge') === challenge) return;
      sender.callbackUrl = before;
      throw new Error(`Challenge code 没有返回 (the url did not return the challenge: HTTP ${status})`);
    },
  };
}
