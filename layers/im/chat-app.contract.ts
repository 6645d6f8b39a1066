import { createBotRuntime } from './bot-platforms';
import type { BotPlatform, CallbackReply, CallbackRequest, ChatMessage } from './chat-app';
import { type Callback, ForgedRequestError, type Secrets } from './chat-app';
import { chatAppSendContract, type SendTerms } from './chat-app-send.contract';

export interface Terms extends SendTerms {
  /** Of the bot, if it is not the platform's. */
  name?: string;
  /** When the callbacks were signed, in ms since 1970. */
  now: number;
  /** How long a signature is valid, in ms. */
  window: number;
  /** The secrets that a callback is verified with. */
  proofs: readonly string[];
  /** The reply to a callback of a person. */
  reply: CallbackReply;
  text: { request: CallbackRequest; again: CallbackRequest };
  press: { request: CallbackRequest; reply?: CallbackReply; says: Partial<ChatMessage> };
  form: { request: CallbackRequest; reply?: CallbackReply; says: Partial<ChatMessage> };
  /** A message of the bot itself. */
  own: CallbackRequest;
  /** What the platform sends to check the url. */
  handshake?: { request: CallbackRequest; reply: CallbackReply };
  /** The text, not from the platform. */
  forged: Readonly<Record<string, CallbackRequest>>;
}

/** What every bot guarantees, with real signatures and over real connections. */
export function chatAppContract(platform: BotPlatform, terms: Terms) {
  const receive = (request: CallbackRequest, secrets: Secrets = terms.secrets, now = terms.now): Callback =>
    platform.open(secrets, { ...createBotRuntime(), now: () => now }).receive(request);

  describe(`a bot on ${terms.name ?? platform.name}`, () => {
    testReceive(platform, terms, receive);
    testVerification(platform, terms, receive);
    chatAppSendContract(platform, terms);
  });
}

type Receive = (request: CallbackRequest, secrets?: Secrets, now?: number) => Callback;

function testReceive(platform: BotPlatform, terms: Terms, receive: Receive) {
  const { reply, text, press, form, own, handshake } = terms;

  it('reads what a person types, and replies in the format of the platform', () => {
    const facts = { platform: platform.name, isForBot: true, text: expect.stringMatching(/./) };
    expect(receive(text.request)).toEqual({ kind: 'message', reply, message: expect.objectContaining(facts) });
  });

  it('reads a press as its command, and a form as its command with its fields', () => {
    for (const { request, says, reply: ownReply = reply } of [press, form]) {
      const message = { ...says, isForBot: true };
      expect(receive(request)).toMatchObject({ kind: 'message', reply: ownReply, message });
    }
  });

  it('gives two deliveries of one message the same id, and two messages two', () => {
    const [first, second, other] = [text.request, text.again, press.request].map((request) => idIn(receive(request)));
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });

  it('ignores its own messages', () => {
    expect(receive(own)).toMatchObject({ kind: 'ignored', reason: expect.stringMatching(/./) });
  });

  if (handshake)
    it('replies when the platform checks its url', () => {
      expect(receive(handshake.request)).toEqual({ kind: 'handshake', reply: handshake.reply });
    });
}

function testVerification(platform: BotPlatform, terms: Terms, receive: Receive) {
  const { secrets, now, window, proofs, text, forged } = terms;
  const isAccepted = (...given: Parameters<Receive>): boolean => {
    try {
      return receive(...given).kind === 'message';
    } catch (error) {
      if (error instanceof ForgedRequestError) return false;
      throw error;
    }
  };

  it.each(Object.entries(forged))('rejects %s', (_, request) => {
    expect([isAccepted(text.request), isAccepted(request)]).toEqual([true, false]);
  });

  it('rejects a signature that is too old or from the future', () => {
    expect([window, -300_000].map((ms) => isAccepted(text.request, secrets, now + ms))).toEqual([true, true]);
    expect([window + 1, -300_001].map((ms) => isAccepted(text.request, secrets, now + ms))).toEqual([false, false]);
  });

  it.each([...proofs])('rejects every callback with another %s', (name) => {
    expect(isAccepted(text.request, { ...secrets, [name]: `${secrets[name]}x` })).toBe(false);
  });

  it.each(platform.requiredSecrets.filter((name) => proofs.includes(name)))(
    'rejects every callback without %s',
    (name) => {
      const { [name]: _, ...others } = secrets;
      for (const given of [others, { ...others, [name]: '' }]) expect(isAccepted(text.request, given)).toBe(false);
    },
  );
}

const idIn = (callback: Callback): string => (callback.kind === 'message' ? callback.message.id : callback.kind);
